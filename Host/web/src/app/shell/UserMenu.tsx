import { DesktopOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Dropdown, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Me } from '@/api/types'
import { report } from '@/app/feedback'
import { useMe } from '@/app/me'
import { leavePush } from '@/app/pwa/push'
import { setTheme, useThemeChoice, type ThemeChoice } from '@/app/theme'
import { loadLocale, t, useLocale, type Locale } from '@/texts'
import { Avatar } from '@/ui/Avatar'

const AccountDrawer = lazy(() => import('@/app/session/AccountDrawer'))

export function UserMenu() {
  const me = useMe()
  const client = useQueryClient()
  const theme = useThemeChoice()
  const locale = useLocale()
  const [account, setAccount] = useState(false)

  // shown at once, kept by the server for the next sign-in
  const keep = (change: { theme?: ThemeChoice; locale?: Locale }) => {
    client.setQueryData<Me>(keys.me, before => before && { ...before, ...change })
    return api.patch<Me>('me', change).catch(report)
  }
  const chooseTheme = (next: ThemeChoice) => {
    setTheme(next)
    void keep({ theme: next })
  }
  const chooseLocale = async (next: Locale) => {
    await loadLocale(next)
    await keep({ locale: next })
    // labels that the server writes come in the new language
    void client.invalidateQueries()
  }
  const signOut = async () => {
    await leavePush().catch(() => undefined)
    await api.post('auth/sign-out', undefined, { anonymous: true }).catch(() => undefined)
    // what was typed and not sent is nobody else's to see
    sessionStorage.clear()
    window.location.assign('/sign-in')
  }

  const panel = (
    <div className="user-menu">
      <div className="user-menu-who">
        <Avatar name={me.name} size={36} />
        <div>
          <strong>{me.name}</strong>
          <div className="muted">{[me.unit?.name, me.email].filter(Boolean).join(' · ')}</div>
        </div>
      </div>
      <Segmented
        block
        value={theme}
        onChange={chooseTheme}
        aria-label={t('app.theme')}
        options={[
          { value: 'light', icon: <SunOutlined />, label: t('app.light') },
          { value: 'dark', icon: <MoonOutlined />, label: t('app.dark') },
          { value: 'system', icon: <DesktopOutlined />, label: t('app.system') },
        ]}
      />
      <Segmented<Locale>
        block
        value={locale}
        onChange={next => void chooseLocale(next)}
        aria-label={t('app.language')}
        options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]}
      />
      <div className="user-menu-links">
        <button type="button" className="side-link" onClick={() => setAccount(true)}>
          <span className="side-icon" aria-hidden><UserOutlined /></span>{t('app.account')}
        </button>
        <button type="button" className="side-link" onClick={() => void signOut()}>
          <span className="side-icon" aria-hidden><LogoutOutlined /></span>{t('app.signOut')}
        </button>
      </div>
    </div>
  )
  return (
    <>
      <Dropdown trigger={['click']} placement="bottomRight" popupRender={() => panel}>
        <button type="button" className="user-button" aria-label={t('app.userMenu', { name: me.name })}>
          <Avatar name={me.name} size={30} />
        </button>
      </Dropdown>
      <Suspense>{account && <AccountDrawer close={() => setAccount(false)} />}</Suspense>
    </>
  )
}
