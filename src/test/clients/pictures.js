import assert from "node:assert/strict";

export function isPng(bytes) {
  return Buffer.from(bytes).subarray(1, 4).toString("latin1") === "PNG";
}

/** A PNG's width and height as its header states them: `64x48`. */
export function sizeOf(bytes) {
  assert.ok(isPng(bytes));
  const png = Buffer.from(bytes);
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

/** A PNG that the demo paints, to be changed by others. */
export async function paintedPng(prompt, size) {
  const [width, height] = size.split("x");
  const query = new URLSearchParams({ width, height, key: "demo" });
  return Buffer.from(await fetchPng(`${process.env.NECTAR}/prompt/${encodeURIComponent(prompt)}?${query}`));
}

/** The PNG behind a link that opens without a key. */
export async function fetchPng(url) {
  const answer = await fetch(url);
  const bytes = await answer.arrayBuffer();
  assert.equal(answer.status, 200);
  assert.ok(isPng(bytes));
  return bytes;
}

/** The PNG behind Markdown that is nothing but `![prompt](link)`. */
export async function fetchMarkdown(markdown, prompt) {
  const [, description, url] = /^!\[(.*)\]\((.*)\)$/.exec(markdown);
  assert.equal(description, prompt);
  return fetchPng(url);
}
