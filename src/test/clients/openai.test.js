import assert from "node:assert/strict";
import { File } from "node:buffer";
import { test } from "node:test";
import OpenAI, { AzureOpenAI } from "openai";
import { fetchMarkdown, isPng, paintedPng, sizeOf } from "./pictures.js";

const server = { baseURL: `${process.env.NECTAR}/v1`, maxRetries: 0 };
const client = new OpenAI({ ...server, apiKey: "demo" });

// Node 18 lacks it, and the client wants it for uploads.
globalThis.File ??= File;

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

test("images without a seed are new each time", async () => {
  const order = { prompt: "a new lake", size: "64x64" };
  const answers = [await client.images.generate(order), await client.images.generate(order)];

  assert.notEqual(answers[0].data[0].b64_json, answers[1].data[0].b64_json);
});

test("a named seed is the same image", async () => {
  const order = { prompt: "a known lake", size: "64x64", seed: 1764150000123 };
  const answers = [await client.images.generate(order), await client.images.generate(order)];

  assert.equal(answers[0].data[0].b64_json, answers[1].data[0].b64_json);
});

test("images come as events", async () => {
  const stream = await client.images.generate({
    prompt: "streamed lakes",
    size: "64x64",
    n: 2,
    quality: "high",
    stream: true,
    partial_images: 2,
  });
  const events = [];
  for await (const event of stream) {
    events.push(event);
  }

  assert.deepEqual(
    events.map((event) => event.type),
    ["image_generation.completed", "image_generation.completed"],
  );
  for (const event of events) {
    assert.ok(isPng(Buffer.from(event.b64_json, "base64")));
    assert.ok(Math.abs(event.created_at - Date.now() / 1000) < 600);
    assert.equal(event.size, "auto");
    assert.equal(event.quality, "high");
    assert.equal(event.background, "auto");
    assert.equal(event.output_format, "png");
    assert.equal(event.usage.input_tokens_details.text_tokens, 0);
  }
});

test("a stream of a refused prompt is an error before it begins", async () => {
  await assert.rejects(client.images.generate({ prompt: "forbidden always", stream: true }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.code, "content_policy_violation");
    return true;
  });
});

test("bases of many clients lead to the same API", async () => {
  for (const base of ["", "/", "/v1/", "/v1/v1", "/openai", "/openai/v1"]) {
    const elsewhere = new OpenAI({ ...server, baseURL: process.env.NECTAR + base, apiKey: "demo" });
    const answer = await elsewhere.images.generate({ prompt: "a lake", size: "64x64", seed: 1 });
    assert.equal(answer.data.length, 1);
    assert.equal((await elsewhere.models.list()).data[0].id, "demo-painter");
  }
});

test("Azure's client is served", async () => {
  const azure = new AzureOpenAI({
    endpoint: process.env.NECTAR,
    apiKey: "demo",
    apiVersion: "2025-04-01-preview",
    deployment: "demo-painter",
    maxRetries: 0,
  });
  const answer = await azure.images.generate({ prompt: "a lake", size: "64x64" });

  assert.ok(isPng(Buffer.from(answer.data[0].b64_json, "base64")));
});

test("a model is described, and one that is not there is not found", async () => {
  assert.equal((await client.models.retrieve("demo-painter")).id, "demo-painter");
  await assert.rejects(client.models.retrieve("black/flux"), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, "model_not_found");
    return true;
  });
});

test("a picture is edited, and each is another one", async () => {
  const apple = await OpenAI.toFile(await paintedPng("an apple", "64x64"), "apple.png", { type: "image/png" });
  const pear = await OpenAI.toFile(await paintedPng("a pear", "64x64"), "pear.png", { type: "image/png" });
  const mask = await OpenAI.toFile(await paintedPng("a mask", "64x64"), "mask.png", { type: "image/png" });
  const order = { model: "demo-painter", prompt: "bluer", size: "64x64", seed: 7 };
  const edits = [
    { image: apple },
    { image: pear },
    { image: [apple, pear] },
    { image: [apple, pear], mask, quality: "high", background: "opaque", input_fidelity: "high" },
  ];
  const answers = await Promise.all(edits.map((edit) => client.images.edit({ ...order, ...edit })));
  const pictures = answers.map((answer) => answer.data[0].b64_json);

  assert.equal(sizeOf(Buffer.from(pictures[0], "base64")), "64x64");
  assert.equal(new Set(pictures).size, edits.length);
  assert.equal(answers[3].quality, "high");
});

test("two edits come as events", async () => {
  const image = await OpenAI.toFile(await paintedPng("an apple", "64x64"), "apple.png", { type: "image/png" });
  const stream = await client.images.edit({ image, prompt: "streamed", n: 2, size: "64x64", stream: true });
  const types = [];
  for await (const event of stream) {
    types.push(event.type);
  }

  assert.deepEqual(types, ["image_edit.completed", "image_edit.completed"]);
});

test("what is no picture is told by its code", async () => {
  const image = await OpenAI.toFile(Buffer.from("GIF89a"), "a.gif");
  await assert.rejects(client.images.edit({ image, prompt: "bluer" }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.code, "unsupported_image_media_type");
    assert.equal(error.param, "image");
    return true;
  });
});

test("variations are not there", async () => {
  const image = await OpenAI.toFile(Buffer.from("GIF89a"), "a.gif");
  await assert.rejects(client.images.createVariation({ image }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.match(error.message, /no variations/);
    return true;
  });
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

test("a chat answers with a picture", async () => {
  const answer = await client.chat.completions.create({
    model: "demo-painter",
    messages: [{ role: "user", content: "a blue boat" }],
    size: "64x64",
  });
  const [{ finish_reason, message }] = answer.choices;

  assert.equal(finish_reason, "stop");
  await fetchMarkdown(message.content, "a blue boat");
});

test("a chat streams its picture", async () => {
  const stream = client.chat.completions.stream({
    model: "demo-painter",
    messages: [{ role: "user", content: "a blue boat" }],
    size: "64x64",
    stream_options: { include_usage: true },
  });

  await fetchMarkdown(await stream.finalContent(), "a blue boat");
  assert.equal((await stream.totalUsage()).total_tokens, 0);
});

test("a chat says that a prompt was refused", async () => {
  const answer = await client.chat.completions.create({
    model: "demo-painter",
    messages: [{ role: "user", content: "forbidden always" }],
  });

  assert.match(answer.choices[0].message.content, /^I can't paint that/);
});
