import { theme } from 'antd'
import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { t, useLocale } from '@/texts'
import { shortDate } from '@/ui/format'
import type { Part } from './parts'
import { runsBehind } from './statistics'

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

const series = ['done', 'open', 'incident', 'cancelled'] as const

/** Runs by the day they started, coloured by how they stand now; a day leads to its runs. */
export default function RunsChart({ sop, slice, figures }: Part) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const navigate = useNavigate()
  const locale = useLocale()
  const { token } = theme.useToken()
  useEffect(() => {
    const made = init(box.current!, null, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(box.current!)
    return () => {
      watcher.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    const { days } = figures.runs
    const colors = { done: token.colorSuccess, open: token.colorPrimary, incident: token.colorError, cancelled: token.colorTextQuaternary }
    const names = { done: t('workflows.run_done'), open: t('watch.open'), incident: t('workflows.run_incident'), cancelled: t('workflows.run_cancelled') }
    const of = (day: (typeof days)[number]) => ({ done: day.done, open: day.running + day.waiting, incident: day.incident, cancelled: day.cancelled })
    const text = { color: token.colorTextSecondary, fontFamily: token.fontFamily }
    chart.current?.setOption({
      animationDuration: 200,
      aria: { enabled: true },
      color: series.map(one => colors[one]),
      grid: { left: 4, right: 4, top: 36, bottom: 0, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 16, icon: 'roundRect', textStyle: text },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, backgroundColor: token.colorBgElevated, borderColor: token.colorBorderSecondary, textStyle: { ...text, color: token.colorText } },
      xAxis: { type: 'category', data: days.map(day => shortDate(day.day)), axisTick: { show: false }, axisLine: { lineStyle: { color: token.colorBorderSecondary } }, axisLabel: { ...text, hideOverlap: true } },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: token.colorBorderSecondary } }, axisLabel: text },
      series: series.map(one => ({ name: names[one], type: 'bar', stack: 'all', barMaxWidth: 24, itemStyle: { borderColor: token.colorBgContainer, borderWidth: 0.5 }, data: days.map(day => of(day)[one]) })),
    }, { notMerge: true })
    const open = ({ dataIndex }: { dataIndex: number }) => {
      const day = days[dataIndex]?.day
      if (day) void navigate(runsBehind(sop, slice, { from: day, to: day }, figures))
    }
    chart.current?.on('click', open as never)
    return () => {
      chart.current?.off('click')
    }
  }, [figures, sop, slice, navigate, token, locale])
  return <div ref={box} className="runs-chart" role="img" aria-label={t('watch.runsOverTime')} />
}
