import { locale } from '@/texts'
import { setLost } from './connection'
import { Problem } from './problem'

export const base = '/api/v1/'

export type Query = Record<string, string | number | boolean | null | undefined>

export type Options = {
  query?: Query
  /** Version the change is based on; the server answers 412 when it is no longer current. */
  ifMatch?: number
  /** Makes a repeated create answer with the first one's result. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** A 401 is an ordinary answer here, not an expired sign-in. */
  anonymous?: boolean
}

let signInAgain: (() => Promise<void>) | null = null

/** Says what to do when a sign-in has expired: the returned promise resolves when the request may be repeated. */
export function onSignedOut(handler: (() => Promise<void>) | null) {
  signInAgain = handler
}

function address(path: string, query?: Query) {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  const text = search.toString()
  return base + path + (text ? '?' + text : '')
}

async function send(method: string, path: string, body: unknown, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': locale() }
  if (method !== 'GET') headers['X-Crm'] = '1'
  if (body !== undefined && !(body instanceof FormData)) headers['Content-Type'] = 'application/json'
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey

  let response: Response
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      signal: options.signal,
      credentials: 'same-origin',
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    setLost(true)
    throw new Problem({ status: 0, code: 'offline' })
  }
  setLost(false)
  if (response.status === 401 && !options.anonymous && signInAgain) {
    await signInAgain()
    return send(method, path, body, options)
  }
  if (!response.ok) throw await Problem.from(response)
  return response
}

async function json<T>(method: string, path: string, body: unknown, options: Options = {}): Promise<T> {
  const response = await send(method, path, body, options)
  const text = response.status === 204 ? '' : await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

export const api = {
  get: <T>(path: string, query?: Query, options?: Options) => json<T>('GET', path, undefined, { ...options, query }),
  post: <T>(path: string, body?: unknown, options?: Options) => json<T>('POST', path, body ?? {}, options),
  put: <T>(path: string, body: unknown, options?: Options) => json<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options?: Options) => json<T>('PATCH', path, body, options),
  delete: <T>(path: string, options?: Options) => json<T>('DELETE', path, undefined, options),
  upload: <T>(path: string, form: FormData, options?: Options) => json<T>('POST', path, form, options),
  /** For downloads: the address under the API. */
  address,
}

export { newKey } from './newKey'
