// A program of a test's own: bin/niengiam on a workspace, with an empty data
// directory and a free port. It is the real one, with a real engine.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = new URL("../../", import.meta.url).pathname;
const binary = process.env.NIENGIAM_PROGRAM ?? join(root, "bin/niengiam");
const library = join(root, "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");

/** How long the program may take to load the sample and to print its address. */
const startMilliseconds = 120_000;

/** A running program with its workspace. */
export interface Program {
  address: string;
  /** The directory of its workspace, which the test may change. */
  workspace: string;
  /** Runs another command on the same workspace and data, and gives what it printed. */
  run(...args: string[]): Promise<string>;
  /** Kills the engine, and keeps it from being started anew until `revive`. */
  killEngine(): void;
  revive(): void;
  stop(): Promise<void>;
}

/** Starts a program on a copy of a workspace that `change` may change first. */
export async function start(of: { workspace?: string; change?: (dir: string) => void; args?: string[] } = {}): Promise<Program> {
  const home = mkdtempSync(join(tmpdir(), "niengiam-web-"));
  const workspace = join(home, "workspace");
  const [data, link] = [join(home, "data"), join(home, "libchdb.so")];
  cpSync(of.workspace ?? join(root, "examples/angiang"), workspace, { recursive: true });
  of.change?.(workspace);
  assert.ok(existsSync(library), `there is no ${library}: make setup`);
  symlinkSync(library, link);
  const common = ["--workspace", workspace, "--data", data];
  const child = spawn(binary, ["serve", ...common, "--addr", "127.0.0.1:0", "--warehouse-library", link, ...(of.args ?? ["--load"])]);
  let said = "";
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address in time; it said:\n${said}`)), startMilliseconds);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /serves .* at (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (found) {
        clearTimeout(late);
        resolve(found[1]!);
      }
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then(() => reject(new Error(`it ended; it said:\n${said}`)));
  });
  return {
    address,
    workspace,
    run: async (...args) => (await promisify(execFile)(binary, [...args, ...common])).stdout,
    killEngine() {
      rmSync(link);
      for (const pid of childrenOf(child.pid!)) process.kill(pid, "SIGKILL");
    },
    revive: () => symlinkSync(library, link),
    async stop() { // once more does no harm
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Takes all sources out of a workspace's manifest but these: what no test asks for takes seconds to load. */
export function keepSources(workspace: string, ...codes: string[]): void {
  const file = join(workspace, "niengiam.yaml");
  const [head, rest] = readFileSync(file, "utf8").split(/^sources:\n/m);
  const blocks = rest!.split(/^(?=\S| {2}- code: )/m);
  const sources = blocks.filter((block) => block.startsWith("  - code: "));
  const kept = sources.filter((block) => codes.includes(/^ {2}- code: (\S+)/.exec(block)![1]!));
  assert.equal(kept.length, codes.length, `sources other than ${codes.join()}`);
  writeFileSync(file, `${head}sources:\n${kept.join("")}${blocks.filter((block) => !sources.includes(block)).join("")}`);
}

/** The processes that a process started. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[1]) === parent;
      } catch {
        return false; // it has ended meanwhile
      }
    });
}
