// The answering service: a question in, an answer out, as it grows where the way there lets it stream.

const SILENCE = 60_000; // milliseconds without a sign of the service, its keep-alive comments included, until it counts as lost
const NO_STREAM = [404, 405, 406, 501]; // answers of a host or proxy that does not know the streaming address

/** Why there is no answer: `kind` names the text that says so, `detail` is the service's own sentence where it has one. */
class Failure extends Error {
  constructor(kind, detail = "") {
    super(detail || kind);
    this.kind = kind;
    this.detail = detail;
  }
}

/** The connection failed, or was never made. */
class Lost extends Error {}

/**
 * The whole Answer to `asked`, a question with its history and the reader's language, as the API takes it. `grown` is called with all of its text so far.
 * Throws a Failure; anything else once `signal` was aborted.
 */
async function askService(host, asked, signal, grown) {
  const watch = new Watch(signal);
  const blocked = watchPolicy(host);
  try {
    return await stream(host, asked, watch, grown);
  } catch (error) {
    if (signal.aborted || !(error instanceof Lost)) throw error;
    throw new Failure(watch.expired ? "unreachable" : await whyUnreachable(host, blocked));
  } finally {
    watch.end();
    blocked.end();
  }
}

async function stream(host, body, watch, grown) {
  const response = await post(`${host}/api/ask/stream`, body, watch, "text/event-stream");
  if (NO_STREAM.includes(response.status)) return atOnce(host, body, watch);
  if (!response.ok) throw await failureOf(response);
  if (!response.body || !/^text\/event-stream/.test(response.headers.get("content-type") ?? "")) return atOnce(host, body, watch);
  let text = "";
  for await (const { name, data } of events(response.body, watch)) {
    if (name === "delta") grown((text += data.text));
    if (name === "answer") return data;
    if (name === "error") throw new Failure(kindOf(data.status), data.detail);
  }
  return atOnce(host, body, watch); // the stream was cut on its way
}

async function atOnce(host, body, watch) {
  const response = await post(`${host}/api/ask`, body, watch, "application/json");
  if (!response.ok) throw await failureOf(response);
  return response.json();
}

function post(url, body, watch, accept) {
  watch.sign();
  const headers = { "content-type": "application/json", accept };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal: watch.signal, cache: "no-store" }).catch(lose);
}

function lose() {
  throw new Lost();
}

/** Server-sent events as {name, data}, their data read as JSON. */
async function* events(body, watch) {
  const reader = body.getReader(); // streams are no async iterators in Safari
  const decoder = new TextDecoder();
  let waiting = "";
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(lose);
      watch.sign();
      waiting += decoder.decode(value, { stream: !done });
      const blocks = waiting.split(/\r\n\r\n|\n\n|\r\r/);
      waiting = blocks.pop();
      for (const block of blocks) {
        const event = readEvent(block);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {}); // already broken or ended: nothing is left to cancel
  }
}

/** One event of a stream; null for a comment. */
function readEvent(block) {
  let name = "message";
  const data = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}

async function failureOf(response) {
  const problem = await response.json().catch(() => ({})); // a proxy's error page is no JSON
  return new Failure(kindOf(response.status), typeof problem.detail === "string" ? problem.detail : "");
}

function kindOf(status) {
  if (status === 401 || status === 403) return "foreign";
  if (status === 429 || status === 503) return "busy";
  return status >= 400 && status < 500 ? "refused" : "trouble";
}

/** A browser does not tell a script why a request failed; these questions find out. */
async function whyUnreachable(host, blocked) {
  if (!navigator.onLine) return "offline";
  await new Promise((resume) => setTimeout(resume, 50)); // the report of a violation comes after the failure
  if (blocked.seen) return "blocked";
  if (new URL(host).origin === location.origin) return "unreachable";
  const answers = await fetch(`${host}/widget.js`, { method: "HEAD", mode: "no-cors", cache: "no-store" }).then(
    () => true,
    () => false,
  );
  return answers ? "foreign" : "unreachable"; // it is there, but would not let this site read its answer
}

/** Sees whether the page's own policy forbids requests to the host. */
function watchPolicy(host) {
  const { origin } = new URL(host);
  const watched = { seen: false, end: () => document.removeEventListener("securitypolicyviolation", see) };
  function see(event) {
    watched.seen ||= event.effectiveDirective === "connect-src" && event.blockedURI.startsWith(origin);
  }
  document.addEventListener("securitypolicyviolation", see);
  return watched;
}

/** Aborts a request when the reader stops it, or when nothing has come for too long. */
class Watch {
  constructor(outer) {
    this.expired = false;
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    if (outer.aborted) this.controller.abort();
    outer.addEventListener("abort", () => this.controller.abort());
  }
  sign() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.expired = true;
      this.controller.abort();
    }, SILENCE);
  }
  end() {
    clearTimeout(this.timer);
    this.controller.abort();
  }
}
