import assert from "node:assert/strict";
import { test } from "node:test";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { ChatOpenAI, DallEAPIWrapper } from "@langchain/openai";
import { fetchMarkdown, fetchPng, sizeOf } from "./pictures.js";

const baseURL = `${process.env.NECTAR}/v1`;
const chat = new ChatOpenAI({
  model: "demo-painter",
  apiKey: "demo",
  maxRetries: 0,
  modelKwargs: { size: "64x64" },
  configuration: { baseURL },
});

const painter = (options) =>
  new DallEAPIWrapper({
    model: "demo-painter",
    apiKey: "demo",
    baseUrl: baseURL,
    size: "256x256",
    ...options,
  });

test("the tool answers with a link", async () => {
  assert.equal(sizeOf(await fetchPng(await painter().invoke("a red apple"))), "256x256");
});

test("the tool answers with Base64", async () => {
  const answer = await painter({ dallEResponseFormat: "b64_json" }).invoke("a red apple");

  assert.equal(sizeOf(Buffer.from(answer, "base64")), "256x256");
});

test("the tool's two images are two different ones", async () => {
  const answer = await painter({ n: 2 }).invoke("two lakes");

  assert.equal(new Set(answer.map((image) => image.image_url)).size, 2);
  for (const image of answer) {
    await fetchPng(image.image_url);
  }
});

test("the tool's model is dall-e-3 if none is named", async () => {
  const answer = await painter({ model: undefined, quality: "hd", style: "natural" }).invoke("a lake");

  await fetchPng(answer);
});

test("a chat answers with a picture", async () => {
  const answer = await chat.invoke([
    new HumanMessage("a blue boat"),
    new AIMessage("![a blue boat](http://localhost/prompt/boat)"),
    new HumanMessage([{ type: "text", text: "a green boat" }]),
  ]);

  const [, picture] = answer.content;
  assert.equal(picture.type, "image");
  assert.deepEqual(await fetchMarkdown(answer.text, "a green boat"), await fetchPng(picture.url));
  assert.equal(answer.response_metadata.finish_reason, "stop");
});

test("a chat streams its picture", async () => {
  let content = "";
  for await (const chunk of await chat.stream("a blue boat")) {
    content += chunk.text;
  }

  await fetchMarkdown(content, "a blue boat");
});

test("a chat says that a prompt was refused", async () => {
  assert.match((await chat.invoke("forbidden always")).content, /^I can't paint that/);
});

test("a wrong key is an authentication error", async () => {
  const stranger = new ChatOpenAI({ apiKey: "wrong", maxRetries: 0, configuration: { baseURL } });

  await assert.rejects(stranger.invoke("a"), { status: 401, lc_error_code: "MODEL_AUTHENTICATION" });
});
