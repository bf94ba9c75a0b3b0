import { App } from 'antd'
import { isProblem, type Problem } from '@/api/problem'
import { t } from '@/texts'

type Feedback = ReturnType<typeof App.useApp>
let feedback: Feedback | null = null

/** Keeps antd's message and dialog functions, with theme and language, for code outside components. */
export function FeedbackHolder() {
  feedback = App.useApp()
  return null
}

export const dialog = () => feedback!.modal
export const say = (text: string) => void feedback?.message.success(text)
export const warn = (text: string) => void feedback?.message.error(text)

/** One sentence for a person about any error. */
export function explain(error: unknown): string {
  if (!isProblem(error)) return t('app.failed')
  return problemText(error)
}

function problemText(problem: Problem): string {
  if (problem.code === 'offline') return t('app.offline')
  const fields = problem.errors.map(e => e.message).filter(Boolean)
  if (fields.length > 0) return fields.join(t('app.semicolon'))
  return problem.detail || problem.title || t('app.failed')
}

/** Shows what went wrong; nothing for requests that were given up. */
export function report(error: unknown) {
  if (error instanceof DOMException && error.name === 'AbortError') return
  warn(explain(error))
}

/** Asks before something that cannot be taken back easily. */
export function ask(title: string, options: { content?: React.ReactNode; ok: string; danger?: boolean }): Promise<boolean> {
  return new Promise(resolve => {
    dialog().confirm({
      title,
      content: options.content,
      okText: options.ok,
      cancelText: t('app.cancel'),
      okButtonProps: { danger: options.danger },
      focusable: { autoFocusButton: options.danger ? 'cancel' : 'ok' },
      onOk: () => resolve(true),
      onCancel: () => resolve(false),
    })
  })
}
