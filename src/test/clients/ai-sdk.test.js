import assert from "node:assert/strict";
import { test } from "node:test";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, experimental_generateImage, generateImage, generateText, streamText } from "ai";
import { fetchMarkdown, paintedPng, sizeOf } from "./pictures.js";

const server = { baseURL: `${process.env.NECTAR}/v1`, apiKey: "demo" };
const openai = createOpenAI(server);
const compatible = createOpenAICompatible({ ...server, name: "nectar" });

/** What the providers pass on; OpenAI's passes nothing that it does not know. */
const small = { nectar: { size: "64x64" } };

/** `openai("demo-painter")` would ask the Responses API, which is not there. */
const providers = {
  "@ai-sdk/openai": { painter: openai.image("demo-painter"), chat: openai.chat("demo-painter") },
  "@ai-sdk/openai-compatible": {
    painter: compatible.imageModel("demo-painter"),
    chat: compatible.chatModel("demo-painter"),
  },
};

for (const [name, { painter, chat }] of Object.entries(providers)) {
  test(`${name}: an image is generated`, async () => {
    const { image, warnings } = await generateImage({
      model: painter,
      prompt: "a red apple",
      size: "256x256",
    });

    assert.equal(image.mediaType, "image/png");
    assert.equal(sizeOf(image.uint8Array), "256x256");
    assert.deepEqual(warnings, []);
  });

  test(`${name}: three images are three different ones`, async () => {
    const { images } = await experimental_generateImage({
      model: painter,
      prompt: "three lakes",
      n: 3,
      size: "64x64",
    });

    assert.equal(new Set(images.map((image) => image.base64)).size, 3);
  });

  test(`${name}: an image is edited, under a mask as well`, async () => {
    const images = [await paintedPng("an apple", "64x64"), await paintedPng("a pear", "64x64")];
    const mask = await paintedPng("a mask", "64x64");
    const order = { model: painter, size: "64x64" };
    const { image } = await generateImage({ ...order, prompt: { images, text: "bluer" } });
    const masked = await generateImage({ ...order, prompt: { images: images.slice(0, 1), text: "bluer", mask } });

    assert.equal(sizeOf(image.uint8Array), "64x64");
    assert.equal(sizeOf(masked.image.uint8Array), "64x64");
    assert.notEqual(image.base64, masked.image.base64);
  });

  test(`${name}: a refused prompt is told and not tried again`, async () => {
    const refused = generateImage({
      model: painter,
      prompt: "forbidden always",
    });

    await assert.rejects(refused, (error) => {
      assert.ok(APICallError.isInstance(error));
      assert.equal(error.statusCode, 400);
      assert.equal(error.isRetryable, false);
      assert.equal(error.data.error.code, "content_policy_violation");
      return true;
    });
  });

  test(`${name}: a chat answers with a picture, streamed or not`, async () => {
    const order = {
      model: chat,
      messages: [
        { role: "user", content: "a blue boat" },
        { role: "assistant", content: "![a blue boat](http://localhost/prompt/boat)" },
        { role: "user", content: "a green boat" },
      ],
      seed: 7,
      providerOptions: small,
    };
    const whole = await generateText(order);
    const streamed = streamText({ ...order, onError: ({ error }) => assert.fail(error) });

    assert.match(whole.text, /[?&]seed=7&/);
    assert.equal(await streamed.text, whole.text);
    assert.equal(whole.finishReason, "stop");
    assert.equal(await streamed.finishReason, "stop");
    await fetchMarkdown(whole.text, "a green boat");
  });
}

/** Of such a model, the client relies on Base64 without asking for it. */
test("a model of OpenAI's answers with Base64", async () => {
  const { image } = await generateImage({
    model: openai.image("gpt-image-1"),
    prompt: "a red apple",
    size: "64x64",
    providerOptions: { openai: { quality: "high", background: "opaque", outputFormat: "png" } },
  });

  assert.equal(sizeOf(image.uint8Array), "64x64");
});
