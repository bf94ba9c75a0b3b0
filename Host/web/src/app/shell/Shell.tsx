import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { Navigate, Outlet, useLocation, useNavigation } from 'react-router'
import { isProblem } from '@/api/problem'
import { useLive } from '@/app/live'
import { NewVersion } from '@/app/pwa/NewVersion'
import { useOpenedNotices } from '@/app/pwa/worker'
import { catalogueQuery, MeContext, meQuery } from '@/app/me'
import { setTheme } from '@/app/theme'
import { useWide } from '@/app/useWide'
import { loadLocale, locale, t } from '@/texts'
import { setCurrency } from '@/ui/format'
import { PageSkeleton } from '@/ui/Skeletons'
import { Failure } from '@/ui/Failure'
import { OfflineBar } from './OfflineBar'
import { SideMenu } from './SideMenu'
import { TabBar } from './TabBar'
import { TopBar } from './TopBar'
import './shell.css'

/** The signed-in page: knows who is there and what the catalogue holds before anything inside is shown. */
export function Shell() {
  const me = useQuery(meQuery)
  const catalogue = useQuery({ ...catalogueQuery, enabled: me.data !== undefined })
  const here = useLocation()

  useEffect(() => {
    if (!me.data) return
    if (me.data.theme) setTheme(me.data.theme)
    if (me.data.locale && me.data.locale !== locale()) void loadLocale(me.data.locale)
  }, [me.data])

  if (me.isError && isProblem(me.error) && me.error.status === 401)
    return <Navigate to="/sign-in" replace state={{ from: here.pathname + here.search }} />
  const error = me.error ?? catalogue.error
  if (error && !(me.data && catalogue.data)) return <Failure error={error} again={() => void (me.data ? catalogue : me).refetch()} />
  if (!me.data || !catalogue.data) return <PageSkeleton />
  // before anything inside is drawn
  setCurrency(me.data.currency)
  return (
    <MeContext value={me.data}>
      <Frame />
    </MeContext>
  )
}

function Frame() {
  useLive()
  useOpenedNotices()
  const wide = useWide()
  const going = useNavigation().state === 'loading'
  return (
    <div className="shell">
      <a className="skip" href="#main">{t('app.skipToContent')}</a>
      {wide && <SideMenu />}
      <div className="shell-body">
        <TopBar />
        <OfflineBar />
        <NewVersion />
        {going && <div className="shell-progress" role="progressbar" aria-label={t('app.loading')} />}
        <main id="main" className="shell-main" tabIndex={-1}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {!wide && <TabBar />}
    </div>
  )
}
