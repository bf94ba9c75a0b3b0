import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useShortcuts } from '@/app/keyboard'
import { Bell } from '@/app/notifications/Bell'
import { useWide } from '@/app/useWide'
import { t } from '@/texts'
import { Brand } from './Brand'
import { UserMenu } from './UserMenu'

const ShortcutsHelp = lazy(() => import('./ShortcutsHelp'))
const loadSearch = () => import('@/app/search/SearchPalette')
const SearchPalette = lazy(loadSearch)

export function TopBar() {
  const wide = useWide()
  const [searching, setSearching] = useState(false)
  const [help, setHelp] = useState(false)
  // fetched while nobody waits, so that what is typed right after the slash arrives
  useEffect(() => {
    const timer = setTimeout(() => void loadSearch(), 2_000)
    return () => clearTimeout(timer)
  }, [])
  useShortcuts({ '/': () => setSearching(true), '?': () => setHelp(true) })
  return (
    <header className="top">
      {!wide && <Brand small />}
      {wide ? (
        <button type="button" className="top-search" onClick={() => setSearching(true)}>
          <SearchOutlined aria-hidden />
          <span>{t('app.searchHint')}</span>
          <kbd>/</kbd>
        </button>
      ) : (
        <span className="grow" />
      )}
      <div className="top-tools">
        {!wide && <Button type="text" icon={<SearchOutlined />} aria-label={t('app.search')} onClick={() => setSearching(true)} />}
        <Bell />
        <UserMenu />
      </div>
      <Suspense>{searching && <SearchPalette close={() => setSearching(false)} />}</Suspense>
      <Suspense>{help && <ShortcutsHelp close={() => setHelp(false)} />}</Suspense>
    </header>
  )
}
