import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const outDir = "dist/site";

// Text is kept compressed and only so: the binary that embeds it stays 6 MB
// smaller. gzip, not brotli: browsers take brotli over TLS only, and an office's
// own server often speaks plain HTTP.
function gzip(): Plugin {
  return {
    name: "gzip",
    apply: "build",
    closeBundle() {
      for (const entry of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
        if (!/\.(html|js|css|svg|ttf)$/.test(entry)) continue;
        const file = join(outDir, entry);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        rmSync(file);
      }
    },
  };
}

// The fonts of the pages' own text are asked for together with the page, not when
// its style sheet has been read: text then never changes its width before one's eyes.
function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle, filename }) {
        const home = relative(dirname(filename), import.meta.dirname) || ".";
        return Object.keys(bundle ?? {})
          .filter((file) => /source-(sans|serif).*\.woff2$/.test(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", href: `${home}/${file}`, as: "font", type: "font/woff2", crossorigin: "" },
            injectTo: "head" as const,
          }));
      },
    },
  };
}

export default defineConfig({
  // Relative addresses: the page can be mounted under any path.
  base: "./",
  build: {
    outDir,
    emptyOutDir: true,
    // No data: addresses, so that the content security policy need not allow them for fonts.
    assetsInlineLimit: 0,
    // Browsers that do not know modulepreload load the modules all the same.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Monaco is one piece of about 3 MB, loaded once and then kept by the browser.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      // One entry for each page; its folder is its address.
      input: ["index.html", "dashboard/index.html", "jobs/index.html", "graphiql/index.html", "missing/index.html"],
      onwarn(warning, warn) {
        // "use client" speaks to server rendering, which there is none of.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
  worker: { format: "es" },
  plugins: [preloadFonts(), gzip()],
  server: { proxy: { "^/(graphql$|maps/|export/|docs/)": process.env.NIENGIAM_URL ?? "http://127.0.0.1:8080" } },
});
