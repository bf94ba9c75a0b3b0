import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { serviceWorker } from './serviceWorker'

const host = process.env.CRM_HOST ?? 'http://127.0.0.1:5080'

export default defineConfig({
  plugins: [react(), serviceWorker(fileURLToPath(new URL('./src/app/pwa/sw.js', import.meta.url)))],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': host, '/openapi': host },
  },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // antd in one piece is larger than the default limit; it is cached on its own
    chunkSizeWarningLimit: 1500,
  },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'] },
})
