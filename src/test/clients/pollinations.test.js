import assert from "node:assert/strict";
import { test } from "node:test";
import { Pollinations, PollinationsError } from "@pollinations/sdk";
import { isPng, sizeOf } from "./pictures.js";

const server = { baseUrl: process.env.NECTAR, maxRetries: 1 };
const client = new Pollinations({ ...server, apiKey: "demo" });

test("an image is generated with every option", async () => {
  const image = await client.image("a lake / at 100% sunset", {
    width: 64,
    height: 48,
    seed: 7,
    enhance: true,
    private: true,
    nologo: true,
    nofeed: true,
    safe: true,
    quality: "high",
    guidanceScale: 7.5,
  });

  assert.equal(image.contentType, "image/png");
  assert.ok(isPng(image.buffer));
});

test("three images are three different ones", async () => {
  const images = await client.imageGenerate("three woods", {
    n: 3,
    width: 64,
    height: 64,
    negativePrompt: "cities",
  });

  assert.equal(new Set(images.map((image) => Buffer.from(image.buffer).toString("hex"))).size, 3);
});

test("links are followed", async () => {
  const image = await client.imageGenerate("a linked wood", {
    width: 64,
    height: 64,
    responseFormat: "url",
  });

  assert.match(image.url, /[?&]sig=/);
  assert.ok(isPng(image.buffer));
});

test("an image is painted from others by their URLs", async () => {
  const source = await client.imageGenerate("a wood to change", { width: 64, height: 64, responseFormat: "url" });
  const plain = await client.image("bluer", { width: 64, height: 48, seed: 7 });
  const changed = await client.image("bluer", { width: 64, height: 48, seed: 7, referenceImage: source.url });
  const edited = await client.imageEdit("bluer", { model: "demo-painter", image: [source.url, source.url] });

  assert.equal(sizeOf(changed.buffer), "64x48");
  assert.notDeepEqual(Buffer.from(changed.buffer), Buffer.from(plain.buffer));
  assert.ok(isPng(edited.buffer));
});

test("models are listed", async () => {
  const [model, ...others] = await client.imageModels();
  assert.equal(model.name, "demo-painter");
  assert.deepEqual(model.output_modalities, ["image"]);
  assert.deepEqual(others, []);
  assert.deepEqual(await (await fetch(`${process.env.NECTAR}/models`)).json(), ["demo-painter"]);
});

test("a wrong key is told", async () => {
  const stranger = new Pollinations({ ...server, apiKey: "wrong" });

  await assert.rejects(stranger.image("a"), { constructor: PollinationsError, status: 401 });
});

test("a refused prompt is told", async () => {
  await assert.rejects(client.image("forbidden always"), { status: 502 });
  await assert.rejects(client.imageGenerate("forbidden always"), {
    status: 400,
    code: "content_policy_violation",
  });
});
