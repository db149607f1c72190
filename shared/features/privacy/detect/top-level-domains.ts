const generic =
  'com org net edu gov mil int info biz name pro aero coop museum mobi travel jobs tel asia cat xyz online site shop store app dev blog tech cloud agency academy company email solutions services digital media news world life live today group global';
const countries =
  'ac ad ae af ag ai al am ao ar at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cg ch ci cl cm cn co cr cu cv cw cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gt gu gy hk hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mk ml mm mn mo mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pm pn pr ps pt pw py qa re ro ru rw sa sb sc sd se sg si sk sl sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';

/** Top-level domains a bare host name may end in; those that are mostly file endings (md, py, sh, rs, pl, so …) are left out. */
export const topLevelDomains: ReadonlySet<string> = new Set(`${generic} ${countries}`.split(' '));

/** Those that may follow a second level (`co.uk`) or stand in a full URL, where no file ending can be meant. */
export const commonDomains: ReadonlySet<string> = new Set(
  'com org net edu gov mil int info biz io ai app dev eu de fr uk us ca au nz ie nl be ch at it es pt se no dk fi pl cz ru jp cn in br mx ar za ng ke co me tv'.split(
    ' ',
  ),
);
