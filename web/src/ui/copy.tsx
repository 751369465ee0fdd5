// A line to be copied exactly as it is: a command.
import { useState } from "preact/hooks";

import { word } from "../words";

/** The text, and a button that puts it on the clipboard; without one it can be selected. */
export function Copy({ text }: { text: string }) {
  const [copied, set] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      set(true);
      setTimeout(() => set(false), 2000);
    } catch {
      // An address without TLS has no clipboard: the text is there to be selected.
    }
  };
  return (
    <p class="command">
      <code tabIndex={0}>{text}</code>
      {window.isSecureContext && <button type="button" class="chip screen" onClick={() => void copy()} aria-label={word().copyOf(text)}>{copied ? word().copied : word().copy}</button>}
    </p>
  );
}
