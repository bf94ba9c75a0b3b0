import { t } from '@/texts'

function Bar({ width, height = 14 }: { width: string | number; height?: number }) {
  return <span className="bone" style={{ width, height }} />
}

export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className="bones" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="bones-row">
          <Bar width={`${28 + ((i * 17) % 22)}%`} />
          <Bar width="14%" />
          <Bar width={`${10 + ((i * 7) % 9)}%`} />
          <Bar width="12%" />
        </div>
      ))}
    </div>
  )
}

export function PageSkeleton() {
  return (
    <div className="page" role="status" aria-label={t('app.loading')}>
      <div className="bones-head">
        <Bar width={180} height={24} />
        <Bar width={96} height={32} />
      </div>
      <RowsSkeleton />
    </div>
  )
}

export function LinesSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className="bones" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: lines }, (_, i) => <Bar key={i} width={`${88 - ((i * 23) % 45)}%`} />)}
    </div>
  )
}
