import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Relative addresses let a node serve the pages below any path.
  base: './',
  plugins: [
    react(),
    {
      ...optimizeLocales.vite({ locales: ['ko-KR', 'ja-JP', 'zh-CN', 'en-US'] }),
      enforce: 'pre' as const,
    },
  ],
  build: {
    target: 'es2022',
    manifest: true,
    // Nothing is inlined: a node's content security policy refuses data addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { fs: { allow: ['..'] } },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
})
