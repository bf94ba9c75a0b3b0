import { DatePicker, TimePicker, type DatePickerProps, type TimePickerProps } from 'antd'
import type { RangePickerProps } from 'antd/es/date-picker'
import type { TimeRangePickerProps } from 'antd/es/time-picker'
import type { Dayjs } from 'dayjs'

// A mouse that rests where the calendar opens must not write over what is typed,
// and what is typed or chosen must count without a button for it.
const kept = { previewValue: false, needConfirm: false } as const

/** A day, or a day and time: typed or chosen. */
export const DateInput = (props: DatePickerProps<Dayjs, false>) => <DatePicker {...kept} {...props} />

/** From when until when: typed or chosen. */
export const DateRangeInput = (props: RangePickerProps) => <DatePicker.RangePicker {...kept} {...props} />

/** A time of the day: typed or chosen. */
export const TimeInput = (props: TimePickerProps) => <TimePicker {...kept} {...props} />

/** Hours of a day: typed or chosen. */
export const TimeRangeInput = (props: TimeRangePickerProps) => <TimePicker.RangePicker {...kept} {...props} />
