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

/** An image may come along as one line of megabytes: its pieces are joined only once. */
async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pieces = [];
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
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
