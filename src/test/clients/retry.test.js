import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

/** The server's back end takes longer than this client has patience. */
test("a client that times out and tries again gets its image", async () => {
  const client = new OpenAI({
    baseURL: `${process.env.NECTAR}/v1`,
    apiKey: process.env.NECTAR_KEY,
    timeout: 1_000,
    maxRetries: 9,
  });
  const answer = await client.images.generate({ prompt: "a red apple", n: 2 });

  assert.equal(answer.data.length, 2);
});
