export type FieldError = { field: string; code: string; message: string }

type ProblemDocument = {
  status?: number
  code?: string
  title?: string
  detail?: string
  errors?: FieldError[]
  current?: unknown
}

/** A refusal of the server (RFC 9457), or no answer at all (code `offline`, status 0). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
  readonly errors: FieldError[]
  /** With code `stale`: the record as it is now. */
  readonly current: unknown

  constructor(document: ProblemDocument) {
    super(document.title ?? document.code ?? 'problem')
    this.name = 'Problem'
    this.status = document.status ?? 0
    this.code = document.code ?? 'failed'
    this.title = document.title ?? ''
    this.detail = document.detail ?? undefined
    this.errors = document.errors ?? []
    this.current = document.current
  }

  get stale() {
    return this.status === 412
  }

  static async from(response: Response): Promise<Problem> {
    const json = /json/.test(response.headers.get('content-type') ?? '')
    const document: ProblemDocument = json ? await response.json().catch(() => ({})) : {}
    return new Problem({ ...document, status: response.status })
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem

/** Splits field errors into those that a form can show at its fields and the messages left over. */
export function placeErrors(errors: FieldError[], formFields: readonly string[]) {
  const placed = new Map<string, string[]>()
  const rest: string[] = []
  for (const { field, message } of errors) {
    const own = formFields.includes(field) ? field : formFields.find(f => field.startsWith(f + '.') || field.startsWith(f + '['))
    if (own) placed.set(own, [...(placed.get(own) ?? []), message])
    else rest.push(message)
  }
  return { placed, rest }
}
