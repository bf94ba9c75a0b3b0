import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { useState, type ReactNode } from 'react'

type Props = { title: string; required?: boolean; count?: number; open?: boolean; children: ReactNode }

/** A part of the settings that opens when it is wanted. */
export function Section({ title, required, count = 0, open = false, children }: Props) {
  const [shown, show] = useState(open)
  return (
    <section className="design-section" aria-label={title}>
      <button type="button" className="design-section-head" aria-expanded={shown} onClick={() => show(!shown)}>
        {shown ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
        <span>{title}{required && <span className="design-star" aria-hidden> *</span>}</span>
        {count > 0 && <span className="chip chip-none">{count}</span>}
      </button>
      {shown && <div className="design-section-body">{children}</div>}
    </section>
  )
}
