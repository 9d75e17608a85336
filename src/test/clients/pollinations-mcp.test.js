import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { fetchPng, sizeOf } from "./pictures.js";

const client = new Client({ name: "nectar-clients", version: "1.0.0" });

before(() =>
  client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [fileURLToPath(import.meta.resolve("@pollinations/mcp/pollinations-mcp.js"))],
      env: { POLLINATIONS_BASE_URL: process.env.NECTAR, POLLINATIONS_API_KEY: "demo" },
      stderr: "ignore",
    }),
  ),
);

after(() => client.close());

async function call(name, args) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  assert.ok(!isError, content[0].text);
  return content;
}

test("an image is generated with every option", async () => {
  const [image] = await call("generateImage", {
    prompt: "a lake / at 100% sunset?",
    model: "demo-painter",
    width: 64,
    height: 96,
    seed: 7,
    guidance_scale: 7.5,
    quality: "high",
    transparent: false,
    safe: true,
  });

  assert.equal(image.mimeType, "image/png");
  assert.equal(sizeOf(Buffer.from(image.data, "base64")), "64x96");
});

test("an image is painted from another by its URL", async () => {
  const image = `${process.env.NECTAR}/prompt/a%20lake?width=64&height=64`;
  const order = { prompt: "bluer", model: "demo-painter", width: 64, height: 96, seed: 7 };
  const [plain] = await call("generateImage", order);
  const [changed] = await call("generateImage", { ...order, image });

  assert.equal(sizeOf(Buffer.from(changed.data, "base64")), "64x96");
  assert.notEqual(changed.data, plain.data);
});

test("three images are three different ones", async () => {
  const images = await call("generateImageBatch", {
    prompts: ["a lake", "a wood", "a hill"],
    width: 64,
    height: 64,
    seed: 7,
  });
  const summary = JSON.parse(images.pop().text);

  assert.deepEqual(summary.batch, { total: 3, successful: 3, failed: 0 });
  assert.equal(new Set(images.map((image) => image.data)).size, 3);
});

test("models are listed", async () => {
  const [models] = await call("listImageModels", {});

  assert.deepEqual(
    JSON.parse(models.text).imageModels.map((model) => model.name),
    ["demo-painter"],
  );
});

test("a refused prompt is told", async () => {
  const { content, isError } = await client.callTool({
    name: "generateImage",
    arguments: { prompt: "forbidden always" },
  });

  assert.ok(isError);
  assert.match(content[0].text, /unavailable/);
});

/** The link that the tool makes has no key: who may see it, adds one. */
test("a link is made", async () => {
  const [answer] = await call("generateImageUrl", {
    prompt: "a linked wood",
    width: 64,
    height: 96,
    seed: 7,
  });
  const url = new URL(JSON.parse(answer.text).imageUrl);
  assert.equal((await fetch(url)).status, 401);
  url.searchParams.set("key", "demo");

  assert.equal(sizeOf(await fetchPng(url)), "64x96");
});
