import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { keys } from '@/api/keys'
import { Mark } from '@/app/shell/Brand'
import { loadLocale, t, useLocale } from '@/texts'
import { SignInForm } from './SignInForm'
import './sign-in.css'

export function SignInPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const from = (useLocation().state as { from?: string } | null)?.from ?? '/'
  const locale = useLocale()
  useEffect(() => {
    document.title = `${t('app.signIn')} · Crm`
  }, [])
  return (
    <div className="sign-in">
      <section className="sign-in-story" aria-hidden>
        <div className="sign-in-brand"><Mark size={36} /> Crm</div>
        <div>
          <h2>{t('app.storyTitle')}</h2>
          <ol className="sign-in-flow">
            {(['storyLead', 'storyTask', 'storyQuote', 'storyFollow'] as const).map((key, i) => (
              <li key={key} style={{ animationDelay: `${0.15 + i * 0.18}s` }}>{t(`app.${key}`)}</li>
            ))}
          </ol>
        </div>
        <span />
      </section>
      <section className="sign-in-door">
        <Button type="text" className="sign-in-language" onClick={() => void loadLocale(locale === 'zh' ? 'en' : 'zh')}>
          {locale === 'zh' ? 'English' : '中文'}
        </Button>
        <main className="sign-in-box">
          <span className="sign-in-mark"><Mark size={40} /></span>
          <h1>{t('app.welcome')}</h1>
          <p className="muted">{t('app.welcomeText')}</p>
          <SignInForm
            done={me => {
              client.clear()
              client.setQueryData(keys.me, me)
              void navigate(from, { replace: true })
            }}
          />
        </main>
      </section>
    </div>
  )
}
