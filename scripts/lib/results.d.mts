export type Result = {
  passed: number;
  failed: number;
  failures: string[];
  skipped: string[];
  crash?: string;
};
export function checkResult(code: number): Result;
export function vitestResult(code: number, report: unknown): Result;
export function playwrightResult(code: number, report: unknown): Result;
export function readReport(file: string): unknown;
export function crashed(reason: string): Result;
