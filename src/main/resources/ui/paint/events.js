/**
 * Reads server-sent events (HTML Living Standard, 9.2) whose data are JSON.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{name: string, data: any}>}
 */
export async function* eventsOf(body) {
  let name = 'message';
  let data = [];
  for await (const line of linesOf(body)) {
    if (line === '') {
      if (data.length > 0) {
        yield { name, data: JSON.parse(data.join('\n')) };
      }
      name = 'message';
      data = [];
    } else if (line.startsWith('event:')) {
      name = line.slice('event:'.length).trim();
    } else if (line.startsWith('data:')) {
      data.push(line.slice('data:'.length).trimStart());
    }
  }
}

/** In milliseconds: the server says something every 15 s, be it only that it is still there. */
const SILENCE = 45_000;

/** An image may come along as one line of megabytes: its pieces are joined only once. */
async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pieces = [];
  try {
    for (let read = await next(reader); !read.done; read = await next(reader)) {
      const lines = read.value.split('\n');
      const last = lines.pop();
      for (const line of lines) {
        yield [...pieces, line].join('').replace(/\r$/, '');
        pieces = [];
      }
      pieces.push(last);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** A connection may be dead without a word, as after a computer slept. */
async function next(reader) {
  let waiting = 0;
  const silence = new Promise((_, reject) => {
    waiting = setTimeout(() => reject(new Error('The server fell silent.')), SILENCE);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(waiting);
  }
}
