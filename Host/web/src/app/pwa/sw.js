// The service worker. The build puts in what belongs to this version of the page: its name, the files needed at once, and all there are.
const version = __VERSION__
const shell = __SHELL__
const files = new Set(__FILES__)
const cacheName = 'crm-files'
const shellName = 'crm-shell-' + version

self.addEventListener('install', event => {
  event.waitUntil(
    Promise.all([
      caches.open(shellName).then(cache => cache.add(new Request('/', { cache: 'reload' }))),
      caches.open(cacheName).then(cache => cache.addAll(shell)),
    ]),
  )
})

self.addEventListener('activate', event => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== cacheName && name !== shellName) await caches.delete(name)
      const cache = await caches.open(cacheName)
      for (const request of await cache.keys()) if (!files.has(new URL(request.url).pathname)) await cache.delete(request)
      await self.clients.claim()
    })(),
  )
})

// The page asks for it when its reader agreed to the new version.
self.addEventListener('message', event => {
  if (event.data === 'take-over') void self.skipWaiting()
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/') || url.pathname.startsWith('/openapi')) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('/', { cacheName: shellName }).then(found => found ?? Response.error())))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(fromCache(request))
})

/** Files under /assets carry a hash of their content in their name: what is there once never changes. */
async function fromCache(request) {
  const cache = await caches.open(cacheName)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

self.addEventListener('push', event => {
  const message = event.data?.json() ?? {}
  event.waitUntil(
    (async () => {
      // Who looks at the page already sees it there.
      const windows = await self.clients.matchAll({ type: 'window' })
      if (windows.some(window => window.visibilityState === 'visible' && window.focused)) return
      await self.registration.showNotification(message.title ?? 'Crm', { body: message.body ?? undefined, tag: message.id, icon: '/icons/192.png', badge: '/icons/badge.png', data: { link: message.link ?? '/' } })
    })(),
  )
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const link = new URL(event.notification.data?.link ?? '/', self.location.origin)
  if (link.origin !== self.location.origin) return
  event.waitUntil(
    (async () => {
      const [window] = await self.clients.matchAll({ type: 'window' })
      if (!window) return self.clients.openWindow(link.href)
      await window.focus()
      window.postMessage({ open: link.pathname + link.search })
    })(),
  )
})
