/** The data of a report, from the stream that gives them. */
import type { Readable } from 'node:stream';
import type File from 'vinyl';
import type { ReportData } from '../report/data';

/** What comes out of `pack.report({ json: true })`. */
export async function readData(stream: Readable): Promise<ReportData> {
  let data: ReportData | undefined;
  for await (const file of stream as AsyncIterable<File>)
    data = JSON.parse(String(file.contents)) as ReportData;
  return data as ReportData;
}
