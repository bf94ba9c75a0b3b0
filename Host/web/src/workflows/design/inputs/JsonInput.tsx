import { Input } from 'antd'
import { useState } from 'react'
import { t } from '@/texts'

/** Any JSON; what cannot be read yet stays in the box and is not kept. */
export function JsonInput({ name, value, onChange }: { name: string; value: unknown; onChange: (value: unknown) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2))
  const write = (next: string) => {
    setTyped(next)
    if (next.trim() === '') return onChange(undefined)
    try {
      onChange(JSON.parse(next))
    } catch {
      // said below
    }
  }
  const wrong = typed !== null && typed.trim() !== '' && !readable(typed)
  return (
    <>
      <Input.TextArea aria-label={name} className="design-json" status={wrong ? 'error' : undefined} autoSize={{ minRows: 1, maxRows: 10 }} value={text} onChange={e => write(e.target.value)} onBlur={() => !wrong && setTyped(null)} />
      {wrong && <div className="problem-error small">{t('workflows.noJson')}</div>}
    </>
  )
}

function readable(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
