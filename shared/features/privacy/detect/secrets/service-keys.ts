import type { Pattern } from '../recogniser.ts';

/** A service's key: its name, the fixed part it must hold, and its shape without boundaries. */
type ServiceKey = readonly [rule: string, needles: readonly string[], shape: string];

const token = '[A-Za-z0-9_-]';

const cloud: readonly ServiceKey[] = [
  [
    'aws-access-key-id',
    ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T', 'AROA', 'AIDA'],
    '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z2-7]{16}',
  ],
  ['aws-bedrock', ['ABSK'], 'ABSK[A-Za-z0-9+/]{100,140}={0,2}'],
  ['google-api-key', ['AIza'], `AIza${token}{35}`],
  ['google-oauth-token', ['ya29.'], `ya29\\.${token}{20,512}`],
  ['google-oauth-secret', ['GOCSPX-'], `GOCSPX-${token}{28}`],
  ['azure-sas', ['sig='], '(?<=[?&]sig=)[A-Za-z0-9%]{43,64}%3[dD]'],
  ['azure-client-secret', ['8Q~'], '[A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{34}'],
  ['azure-storage-key', ['AccountKey='], '(?<=AccountKey=)[A-Za-z0-9+/]{86}=='],
  ['digitalocean', ['dop_v1_', 'doo_v1_', 'dor_v1_'], 'do[opr]_v1_[a-f0-9]{64}'],
  [
    'cloudflare',
    ['cfut_', 'cfat_', 'cfk_', 'v1.0-'],
    `(?:cfut_|cfat_|cfk_)${token}{32,64}|v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}`,
  ],
  ['heroku', ['HRKU-'], `HRKU-${token}{36,64}`],
  ['alibaba', ['LTAI'], 'LTAI[A-Za-z0-9]{12,20}'],
  ['yandex', ['AQVN', 't1.'], `AQVN[A-Za-z0-9_-]{35,38}|t1\\.[A-Za-z0-9_-]{20,300}\\.[A-Za-z0-9_-]{86}`],
  ['vercel', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'vercel_'], `(?:vc[piark]|vercel)_${token}{24,64}`],
  ['netlify', ['nfp_', 'nfc_', 'nfu_'], 'nf[cpu]_[A-Za-z0-9]{36,40}'],
  ['fly', ['fo1_', 'FlyV1 '], `fo1_${token}{43}|FlyV1 fm[12][ar]?_[A-Za-z0-9+/=]{40,500}`],
  ['terraform', ['.atlasv1.'], `[A-Za-z0-9]{14}\\.atlasv1\\.${token}{60,70}`],
  ['vault', ['hvs.', 'hvb.', 'hvr.'], `hv[sbr]\\.${token}{24,300}`],
  ['pulumi', ['pul-'], 'pul-[a-f0-9]{40}'],
  ['databricks', ['dapi', 'dkea', 'dose'], '(?:dapi|dkea|dose)[a-f0-9]{32}(?:-\\d)?'],
];

const code: readonly ServiceKey[] = [
  ['github', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9_]{36,255}'],
  ['github-fine-grained', ['github_pat_'], 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,80}'],
  [
    'gitlab',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glsoat-'],
    `gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-${token}{20,64}(?:\\.[a-z0-9]{2}\\.[a-z0-9]{9})?`,
  ],
  ['bitbucket', ['ATBB', 'ATCTT3'], 'ATBB[A-Za-z0-9]{28,32}|ATCTT3[A-Za-z0-9=_-]{60,250}'],
  ['atlassian', ['ATATT3'], `ATATT3${token}{100,250}(?:=[A-F0-9]{8})?`],
  ['npm', ['npm_'], 'npm_[A-Za-z0-9]{36}'],
  ['npm-legacy', ['_authToken='], '(?<=_authToken=)[A-Za-z0-9/+=_-]{20,100}'],
  ['pypi', ['pypi-'], `pypi-AgE[A-Za-z0-9_-]{50,1000}`],
  ['rubygems', ['rubygems_'], 'rubygems_[a-f0-9]{48}'],
  ['crates', ['cio'], 'cio[A-Za-z0-9]{32}'],
  ['nuget', ['oy2'], 'oy2[a-z0-9]{43}'],
  ['clojars', ['CLOJARS_'], 'CLOJARS_[a-z0-9]{60}'],
  ['docker', ['dckr_pat_', 'dckr_oat_'], `dckr_[po]at_${token}{20,64}`],
  ['artifactory', ['AKCp'], 'AKCp[A-Za-z0-9]{60,80}'],
  ['sonar', ['sqp_', 'squ_', 'sqa_'], 'sq[pua]_[a-f0-9]{40}'],
  ['sentry', ['sntrys_', 'sntryu_'], `sntry[su]_[A-Za-z0-9+/=_-]{50,300}`],
  ['postman', ['PMAK-'], 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'],
  ['linear', ['lin_api_', 'lin_oauth_', 'lin_wh_'], 'lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,64}'],
  ['figma', ['figd_', 'figo_', 'figu_', 'figor_', 'figur_'], `fig(?:d|o|u|or|ur)_${token}{20,80}`],
  ['notion', ['ntn_', 'secret_'], 'ntn_[A-Za-z0-9]{40,60}|secret_[A-Za-z0-9]{43}'],
  ['airtable', ['pat'], 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}'],
  ['grafana', ['glc_', 'glsa_'], `glc_[A-Za-z0-9+/=]{32,400}|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}`],
  ['newrelic', ['NRAK-', 'NRJS-', 'NRII-'], 'NR(?:AK-[A-Z0-9]{27}|JS-[a-f0-9]{19}|II-[A-Za-z0-9-]{32})'],
  ['dynatrace', ['dt0'], 'dt0[a-zA-Z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['planetscale', ['pscale_'], `pscale_(?:tkn|pw|oauth)_${token}{32,64}`],
  ['supabase', ['sbp_', 'sb_secret_'], `sbp_[a-f0-9]{40}|sb_secret_${token}{20,60}`],
  ['tailscale', ['tskey-'], 'tskey-[a-z]{2,12}-[A-Za-z0-9]{6,20}(?:-[A-Za-z0-9]{16,60})?'],
  [
    '1password',
    ['A3-', 'ops_eyJ'],
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}|ops_eyJ[A-Za-z0-9+/=_-]{200,1500}',
  ],
  [
    'doppler',
    ['dp.pt.', 'dp.st.', 'dp.sa.'],
    `dp\\.(?:pt|st|sa|ct|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}`,
  ],
  ['age', ['AGE-SECRET-KEY-1'], 'AGE-SECRET-KEY-1[A-Z0-9]{58}'],
];

const services: readonly ServiceKey[] = [
  ['anthropic', ['sk-ant-'], `sk-ant-${token}{20,200}`],
  [
    'openai',
    ['sk-', 'T3BlbkFJ'],
    `sk-(?:proj|svcacct|admin|None)-${token}{20,220}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|sk-[A-Za-z0-9]{32,64}`,
  ],
  ['openrouter', ['sk-or-'], 'sk-or-v1-[a-f0-9]{64}'],
  ['groq', ['gsk_'], 'gsk_[A-Za-z0-9]{40,60}'],
  ['xai', ['xai-'], 'xai-[A-Za-z0-9]{60,90}'],
  ['perplexity', ['pplx-'], 'pplx-[A-Za-z0-9]{40,60}'],
  ['hugging-face', ['hf_', 'api_org_'], '(?:hf|api_org)_[A-Za-z]{34,40}|hf_[A-Za-z0-9]{34,40}'],
  ['replicate', ['r8_'], 'r8_[A-Za-z0-9]{37}'],
  ['langsmith', ['lsv2_'], 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}'],
  [
    'stripe',
    ['k_live_', 'k_test_', 'k_prod_', 'whsec_'],
    '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/=]{24,80}',
  ],
  ['square', ['sq0', 'EAAA'], `sq0(?:atp|csp|idp)-${token}{22,60}|EAAA${token}{60}`],
  ['paypal', ['access_token$'], 'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}'],
  [
    'plaid',
    ['access-'],
    'access-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  ],
  ['shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_'], 'shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{32}'],
  [
    'slack',
    ['xox', 'xapp-', 'xwfp-'],
    `xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,250}|xapp-\\d-[A-Z0-9]{8,14}-\\d{8,16}-[a-z0-9]{40,80}`,
  ],
  [
    'slack-webhook',
    ['hooks.slack.com/'],
    'https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,60}',
  ],
  [
    'discord-webhook',
    ['/api/webhooks/'],
    `https://(?:canary\\.|ptb\\.)?discord(?:app)?\\.com/api/webhooks/\\d{17,20}/${token}{60,80}`,
  ],
  ['discord', ['.'], `(?:[MNO][A-Za-z\\d_-]{23,25})\\.[A-Za-z\\d_-]{6}\\.[A-Za-z\\d_-]{27,38}`],
  [
    'teams-webhook',
    ['.webhook.office.com'],
    `https://[a-z0-9-]{1,60}\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{60,250}`,
  ],
  ['telegram', [':AA'], `\\d{8,10}:AA${token}{32,34}`],
  ['twilio', ['SK', 'AC'], '(?:SK|AC)[a-f0-9]{32}'],
  ['sendgrid', ['SG.'], `SG\\.${token}{16,32}\\.${token}{16,64}`],
  ['mailgun', ['key-', 'pubkey-'], '(?:pub)?key-[a-f0-9]{32}'],
  ['mailchimp', ['-us'], '[a-f0-9]{32}-us\\d{1,2}'],
  ['brevo', ['xkeysib-'], 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  ['resend', ['re_'], 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}'],
  ['hubspot', ['pat-na', 'pat-eu'], 'pat-(?:na|eu)\\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['facebook', ['EAA'], 'EAA[A-Za-z0-9]{80,250}'],
  ['twitter-bearer', ['AAAAAAAAAAAAAAAAAAAAA'], 'A{21,24}[A-Za-z0-9%]{60,150}'],
  ['flutterwave', ['FLWSECK'], 'FLWSECK(?:_TEST)?-[a-fA-F0-9]{12,32}-X'],
  ['razorpay', ['rzp_live_', 'rzp_test_'], 'rzp_(?:live|test)_[A-Za-z0-9]{14}'],
  ['adafruit', ['aio_'], 'aio_[A-Za-z0-9]{28}'],
  ['contentful', ['CFPAT-'], `CFPAT-${token}{43}`],
  ['dropbox', ['sl.'], `sl\\.(?:u\\.)?${token}{120,1300}`],
  ['asana', ['0/', '1/', '2/'], '[012]/\\d{16}(?:/\\d{16})?:[a-f0-9]{32}'],
  ['algolia', ['NGQ'], '[A-Z0-9]{10}NGQ[a-f0-9]{20,64}'],
];

/** Keys that tell by their own form which service they open; each is the whole token, not a part of a longer one. */
export const serviceKeys: readonly Pattern[] = [...cloud, ...code, ...services].map(
  ([rule, needles, shape]) => ({
    rule: `secret.${rule}`,
    type: 'SECRET',
    expression: new RegExp(`(?<![A-Za-z0-9_-])(?:${shape})(?![A-Za-z0-9_-])`, 'g'),
    mayMatch: ({ text, longestRun }) => longestRun >= 14 && needles.some((needle) => text.includes(needle)),
  }),
);
