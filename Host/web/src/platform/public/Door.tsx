import { Button } from 'antd'
import { useEffect, type ReactNode } from 'react'
import { loadLocale, useLocale } from '@/texts'
import './public.css'

/** The frame of pages that need no sign-in. */
export function Door({ title, text, mark, children }: { title?: string; text?: string | null; mark?: ReactNode; children: ReactNode }) {
  const locale = useLocale()
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  return (
    <main className="public">
      <div className="public-box panel">
        <Button type="text" size="small" className="public-language" onClick={() => void loadLocale(locale === 'zh' ? 'en' : 'zh')}>{locale === 'zh' ? 'English' : '中文'}</Button>
        {mark}
        {title && <h1>{title}</h1>}
        {text && <p className="public-intro long-text">{text}</p>}
        {children}
      </div>
    </main>
  )
}
