import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** What is loaded later but must be there without a network, too: the texts and the first page. */
const first = /\/(texts\/(zh|en)\/index\.ts|work\/WorkPage\.tsx|session\/SignInPage\.tsx)$/

/** Writes sw.js: the service worker with the names of this build's files in it, so that every new build is a new version of it. */
export function serviceWorker(source: string): Plugin {
  return {
    name: 'crm-service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter(name => name.startsWith('assets/')).map(name => '/' + name).sort()
      const entries = Object.values(bundle).flatMap(chunk => (chunk.type === 'chunk' && chunk.isEntry ? [chunk] : []))
      const shell = new Set<string>()
      const take = (name: string) => {
        const chunk = bundle[name]
        if (!chunk || shell.has('/' + name)) return
        shell.add('/' + name)
        if (chunk.type !== 'chunk') return
        chunk.imports.forEach(take)
        const styles = (chunk as { viteMetadata?: { importedCss?: Set<string> } }).viteMetadata?.importedCss
        styles?.forEach(take)
      }
      entries.forEach(chunk => take(chunk.fileName))
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && first.test(chunk.facadeModuleId ?? '')) take(chunk.fileName)
      const worker = readFileSync(source, 'utf8')
      const version = createHash('sha256').update(worker).update(files.join('\n')).digest('hex').slice(0, 16)
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: worker.replace('__VERSION__', JSON.stringify(version)).replace('__SHELL__', JSON.stringify([...shell])).replace('__FILES__', JSON.stringify(files)),
      })
    },
  }
}
