import { api } from '@/api/client'
import type { Page } from '@/api/types'

export type Device = { id: string; device: string; createdAt: string; error: string | null }

export const devicesKey = ['push', 'devices'] as const
export const readDevices = () => api.get<Page<Device>>('push/devices')

export const canPush = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const here = 'crm.push'

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))

/** This browser, as its owner would call it. */
function name() {
  const agent = navigator.userAgent
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find(word => agent.includes(word)) ?? 'Browser'
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'].find(word => agent.includes(word)) ?? ''
  return [{ Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser, system].filter(Boolean).join(' · ')
}

/** Which of the devices this browser is, null while it takes no notices. */
export const thisDevice = () => localStorage.getItem(here)

/** Asks the browser's leave and registers it. False where its user said no. */
export async function joinPush(): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const registration = await navigator.serviceWorker.ready
  const { key } = await api.get<{ key: string }>('push/key')
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })
  const { endpoint, keys } = subscription.toJSON()
  const device = await api.post<Device>('push/devices', { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth }, device: name() })
  localStorage.setItem(here, device.id)
  return true
}

/** Also when one signs out: the next person at this browser is not to read along. */
export async function leavePush() {
  const id = thisDevice()
  if (!id) return
  localStorage.removeItem(here)
  await api.delete(`push/devices/${id}`).catch(() => undefined)
  const registration = await navigator.serviceWorker.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}
