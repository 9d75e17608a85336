import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const server = { baseURL: `${process.env.NECTAR}/v1`, maxRetries: 0 };
const client = new OpenAI({ ...server, apiKey: "demo" });

const isPng = (bytes) => Buffer.from(bytes).subarray(1, 4).toString("latin1") === "PNG";

test("an image is generated", async () => {
  const answer = await client.images.generate({
    prompt: "a red apple",
    model: "demo-painter",
    size: "256x256",
    quality: "high",
  });

  assert.equal(answer.data.length, 1);
  assert.ok(isPng(Buffer.from(answer.data[0].b64_json, "base64")));
  assert.equal(answer.output_format, "png");
  assert.equal(answer.quality, "high");
  assert.ok(Math.abs(answer.created - Date.now() / 1000) < 600);
});

test("three images are three different ones", async () => {
  const answer = await client.images.generate({ prompt: "three lakes", n: 3, size: "64x64" });

  assert.equal(new Set(answer.data.map((image) => image.b64_json)).size, 3);
});

test("links open without the key", async () => {
  const answer = await client.images.generate({
    prompt: "a linked/lake, 100%",
    n: 2,
    size: "64x64",
    response_format: "url",
  });

  for (const { url } of answer.data) {
    const image = await fetch(url);
    assert.equal(image.status, 200);
    assert.match(image.headers.get("cache-control"), /^public/);
    assert.ok(isPng(await image.arrayBuffer()));
  }
});

test("models are listed", async () => {
  const names = [];
  for await (const model of client.models.list()) {
    names.push(model.id);
  }

  assert.deepEqual(names, ["demo-painter"]);
});

test("a wrong key is an authentication error", async () => {
  const stranger = new OpenAI({ ...server, apiKey: "wrong" });

  await assert.rejects(stranger.models.list(), (error) => {
    assert.ok(error instanceof OpenAI.AuthenticationError);
    assert.equal(error.code, "invalid_api_key");
    return true;
  });
});

test("a refused prompt is a content policy violation", async () => {
  await assert.rejects(client.images.generate({ prompt: "forbidden always" }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.code, "content_policy_violation");
    assert.equal(error.type, "invalid_request_error");
    return true;
  });
});

test("a wrong parameter is named", async () => {
  await assert.rejects(client.images.generate({ prompt: "a", size: "1x1" }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, "size");
    return true;
  });
});
