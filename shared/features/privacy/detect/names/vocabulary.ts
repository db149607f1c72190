const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Forms of address before a name; the name begins after them. */
export const titles = list(
  'mr mrs ms miss mx dr prof professor doctor sir madam lady lord dame rev reverend father sister brother judge justice senator congressman congresswoman president governor mayor minister captain capt lieutenant lt colonel col general gen sergeant sgt officer detective agent nurse coach aunt uncle hon herr frau fraulein monsieur m mme madame mlle mademoiselle senor senora senorita sr sra srta don dona signor signora sig dhr mevr mevrouw meneer hr fru pan pani sheikh imam rabbi pastor prince princess king queen chancellor chairman',
);

/** Titles that are also the start of names of things, so that they alone make no person. */
export const weakTitles = list(
  'm don sr judge justice general gen president minister agent coach king queen prince princess father sister brother governor mayor officer nurse chairman captain pan don col professor doctor lord lady',
);

/** Words with which a sentence, a greeting or a heading begins and which belong to no name. */
export const openers = list(
  "a an the this that these those i i'm i'll i've i'd it its it's he she they we you your my our his her their if in on at by for from to of with without as and or but so because when while where who whom whose what which why how is are was were be been do does did can could will would shall should may might must have has had no not yes hi hello hey dear thanks thank please sorry welcome good best kind warm regards sincerely cheers yours sent subject re fw fwd from to cc date also any all both each every either neither some many most more much other another such only just even then than there here now today tomorrow yesterday after before since until about above below under over between during through up down out off again once let let's see note new old first last next name address phone email tel fax mobile attn contact customer client user patient account order number city state country zip company department ms mr mrs dr call meet ask tell say said according however therefore meanwhile unfortunately finally maybe perhaps whether although though unless whereas regarding concerning per via ok okay well oh monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december der die das ein eine einen mein meine ihr ihre sie wir ich bitte le la les un une des el los las una il lo gli het een mon tue wed thu fri sat sun bruder schwester mutter vater liebe lieber hallo deine dein euer eure sohn tochter freund freundin kollege kollegin onkel tante oma opa mama papa chef chefin nachbar bonjour salut hola buenas ciao salve ola oi cher chere estimado estimada querido querida caro cara gentile beste geachte kaere bedankt danke merci gracias grazie obrigado obrigada dank viele mit von aus bei nach seit bis zum zur auch noch nur aber wenn dann hier dort heute morgen gestern was wer wo wann warum wie kann konnen habe hat ist sind war mon ma mes ton sa ses notre votre je tu il elle nous vous ils est sont avec pour dans sur chez mi tu su nuestro nuestra yo ella con para por en soy es mio mia sono e con per nel jan feb mar apr jun jul aug sep sept oct nov dec north south east west am pm",
);

/** What a company's name ends with. */
export const companyEndings = list(
  'inc incorporated llc pllc pc lllp pbc mbh kgaa eurl sasu sci snc srls oue uab sia doel lda cia llp lp ltd limited plc corp corporation co company gmbh ag kg ohg ug se sa sas sarl srl spa bv nv ab as asa aps oy oyj ltda sl slu kft zrt doo pty pte pvt bhd kk gbr ev eg sro spzoo holdings holding group partners associates enterprises industries ventures associados asociados associes',
);

/** What the name of an institution ends with. */
export const institutionEndings = list(
  'bank university college institute hospital clinic foundation association society academy ministry agency commission committee federation airlines airways insurance pharmaceuticals pharma technologies consulting logistics motors laboratories church museum library hotel restaurant orchestra choir philharmonic theatre theater brothers bros sons robotics biotech analytics bakery brewery polytechnic universitat universitet universite universidad universidade universita krankenhaus klinikum sparkasse versicherung stiftung verlag hochschule gymnasium banque hopital banco ospedale banca',
);

/** Endings of companies that are plain words too: they need a word before them that is none. */
export const weakEndings = list(
  'school council department authority union technology solutions systems software energy capital labs media studios entertainment services international club league trust fund securities health dynamics foods shipping freight coffee dental orthopedics orthopaedics care medical pharmacy financial finance networks network telecom electronics automotive airport records press publishing productions interactive games cafe market stores store supply supplies design designs realty properties construction engineering security digital travel tours fitness wellness bikes apparel furniture toys pizza burger grill kitchen bistro pub bar plumbing heating roofing landscaping catering florist cleaners cleaning auto tires barbershop salon spa gym nursery daycare veterinary winery vineyards farms dairy hardware',
);

/** What the name of an institution begins with, before `of`. */
export const institutionBeginnings = list(
  'university bank ministry department institute college bureau board church federation association society academy museum house office council hospital clinic universidad universite universitat universita banco banque banca colegio clinica clinique instituto ministerio ministere klinikum ordem order court embassy',
);
