// Follows the loads that the program makes, by server-sent events (graphql-sse); where these
// do not come through, the page asks again from time to time.
import { useEffect, useRef, useState } from "preact/hooks";

import { ProgressDocument, type ProgressSubscription } from "../gen/graphql";

/** How far a load is. */
export type Progress = NonNullable<ProgressSubscription["runProgress"]>;

/** How often the page asks again: while it is told of loads, for those of other programs; and while it is not. */
const whileTold = 60_000;
const whileNot = 10_000;

/** The loads that run now, by source. again is called when one has ended, and from time to time. */
export function useProgress(again: () => void): { readonly [source: string]: Progress } {
  const [running, set] = useState<{ readonly [source: string]: Progress }>({});
  const refresh = useRef(again);
  refresh.current = again;
  useEffect(() => {
    const leaving = new AbortController();
    let told = false;
    let asked = performance.now();
    const hear = (event: Progress) => {
      const ended = event.outcome !== "running";
      set(({ [event.source]: _, ...others }) => (ended ? others : { ...others, [event.source]: event }));
      if (ended) {
        asked = performance.now();
        refresh.current();
      }
    };
    const clock = setInterval(() => {
      if (document.visibilityState !== "visible" || performance.now() - asked < (told ? whileTold : whileNot)) return;
      asked = performance.now();
      refresh.current();
    }, 1_000);
    void (async () => {
      while (!leaving.signal.aborted) {
        try {
          await follow((event) => {
            told = true;
            if (event) hear(event);
          }, leaving.signal);
        } catch {
          // Asking from time to time takes its place.
        }
        told = false;
        set({});
        await new Promise((resolve) => setTimeout(resolve, whileNot));
      }
    })();
    return () => {
      clearInterval(clock);
      leaving.abort();
    };
  }, []);
  return running;
}

/** Hears events until the stream ends; nothing stands for a heartbeat. Throws where there is no stream. */
async function follow(hear: (event?: Progress) => void, signal: AbortSignal): Promise<void> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: ProgressDocument.toString() }),
    signal,
  });
  if (!response.ok || !response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) throw new Error(String(response.status));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith(":")) hear();
      if (!line.startsWith("data: ")) continue;
      const { data } = JSON.parse(line.slice(6)) as { data?: ProgressSubscription | null };
      if (!data) throw new Error("refused");
      hear(data.runProgress);
    }
  }
}
