import { useEffect, type ReactNode } from 'react'

type Props = {
  title: string
  /** Name of the browser tab, where the title is not one. */
  tab?: string
  /** Small text after the title, such as a count. */
  note?: ReactNode
  /** Buttons at the right. */
  actions?: ReactNode
  /** Below the title: tabs, filters. */
  below?: ReactNode
  /** Fills the window; the content scrolls inside. */
  full?: boolean
  children: ReactNode
}

/** The frame of every page: a title that also names the browser tab, actions, content. */
export function Page({ title, tab = title, note, actions, below, full, children }: Props) {
  useEffect(() => {
    document.title = `${tab} · Crm`
  }, [tab])
  return (
    <div className={full ? 'page page-full' : 'page'}>
      <div className="page-head">
        <h1>{title}</h1>
        {note && <span className="page-note">{note}</span>}
        <span className="grow" />
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {below}
      {children}
    </div>
  )
}
