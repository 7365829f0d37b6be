/**
 * Nationalities: the three digits of the Destatis list (DSMeld 1001) to ISO 3166-1 alpha-2. Codes that ISO leaves to its
 * users: `XK` Kosovo, `XA` stateless, `XB` not clarified, `XC` no entry.
 *
 * @see urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit
 */
export const NATIONALITIES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '000 DE, 121 AL, 122 BA, 123 AD, 124 BE, 125 BG, 126 DK, 127 EE, 128 FI, 129 FR, 130 HR, 131 SI, 134 GR, 135 IE',
    '136 IS, 137 IT, 139 LV, 140 ME, 141 LI, 142 LT, 143 LU, 144 MK, 145 MT, 146 MD, 147 MC, 148 NL, 149 NO, 150 XK',
    '151 AT, 152 PL, 153 PT, 154 RO, 155 SK, 156 SM, 157 SE, 158 CH, 160 RU, 161 ES, 163 TR, 164 CZ, 165 HU, 166 UA',
    '167 VA, 168 GB, 169 BY, 170 RS, 181 CY',
    '221 DZ, 223 AO, 224 ER, 225 ET, 226 LS, 227 BW, 229 BJ, 230 DJ, 231 CI, 232 NG, 233 ZW, 236 GA, 237 GM, 238 GH',
    '239 MR, 242 CV, 243 KE, 244 KM, 245 CG, 246 CD, 247 LR, 248 LY, 249 MG, 251 ML, 252 MA, 253 MU, 254 MZ, 255 NE',
    '256 MW, 257 ZM, 258 BF, 259 GW, 261 GN, 262 CM, 263 ZA, 265 RW, 267 NA, 268 ST, 269 SN, 271 SC, 272 SL, 273 SO',
    '274 GQ, 277 SD, 278 SS, 281 SZ, 282 TZ, 283 TG, 284 TD, 285 TN, 286 UG, 287 EG, 289 CF, 291 BI',
    '320 AG, 322 BB, 323 AR, 324 BS, 326 BO, 327 BR, 328 GY, 330 BZ, 332 CL, 333 DM, 334 CR, 335 DO, 336 EC, 337 SV',
    '340 GD, 345 GT, 346 HT, 347 HN, 348 CA, 349 CO, 351 CU, 353 MX, 354 NI, 355 JM, 357 PA, 359 PY, 361 PE, 364 SR',
    '365 UY, 366 LC, 367 VE, 368 US, 369 VC, 370 KN, 371 TT',
    '421 YE, 422 AM, 423 AF, 424 BH, 425 AZ, 426 BT, 427 MM, 429 BN, 430 GE, 431 LK, 432 VN, 434 KP, 436 IN, 437 ID',
    '438 IQ, 439 IR, 441 IL, 442 JP, 444 KZ, 445 JO, 446 KH, 447 QA, 448 KW, 449 LA, 450 KG, 451 LB, 454 MV, 456 OM',
    '457 MN, 458 NP, 460 BD, 461 PK, 462 PH, 465 TW, 467 KR, 469 AE, 470 TJ, 471 TM, 472 SA, 474 SG, 475 SY, 476 TH',
    '477 UZ, 479 CN, 482 MY, 483 TL',
    '523 AU, 524 SB, 526 FJ, 527 CK, 530 KI, 531 NR, 532 VU, 533 NU, 536 NZ, 537 PW, 538 PG, 540 TV, 541 TO, 543 WS',
    '544 MH, 545 FM',
    '997 XA, 998 XB, 999 XC',
  ].flatMap((line) => line.split(', ').map((pair) => pair.split(' '))),
);
