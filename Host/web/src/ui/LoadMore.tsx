import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { t } from '@/texts'

type Loading = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Fetches the next page of a list when its end comes into view; the button does the same without scrolling. */
export function LoadMore({ of: list }: { of: Loading }) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })
  useEffect(() => {
    const element = end.current
    if (!element) return
    const watcher = new IntersectionObserver(
      entries => {
        const { hasNextPage, isFetchingNextPage, fetchNextPage } = latest.current
        if (entries.some(entry => entry.isIntersecting) && hasNextPage && !isFetchingNextPage) fetchNextPage()
      },
      { rootMargin: '400px' },
    )
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [list.hasNextPage])
  if (!list.hasNextPage) return null
  return (
    <div ref={end} className="load-more">
      <Button type="text" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>{t('app.loadMore')}</Button>
    </div>
  )
}
