'use strict';
"use client"
import { kind } from './kind.mjs';
result(kind());
