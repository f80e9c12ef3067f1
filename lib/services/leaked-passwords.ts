/**
 * Leaked passwords that no rule of lib/domain/passwords.ts meets: with those rules the 3,000 most frequent ones of eight
 * letters and more are refused. From the list of zxcvbn 4.4.2, Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc., MIT.
 */

/** In small letters; each is refused by itself and as a stem. */
export const LEAKED: ReadonlySet<string> = new Set(
  `085tzzqi 0987654321q 0o9i8u7y 112233445566 1232323q 123456654321 1234567890a 1234567890q 1234567890z 123456789123
  123456789987654321 123456789a 123456789d 123456789k 123456789l 123456789m 123456789o 123456789p 123456789q
  123456789qwe 123456789r 123456789s 123456789v 123456789z 12345678a 12345678q 1234567a 1234567aa 1234567q 123456aa
  123456ab 123456as 123456asd 123456qq 123456qqq 123456qw 123456qwe 123456ru 12345asd 12345qaz 12345qwe 1234kekc
  1234rewq 123hfjdk147 123masha 123mudar 123qq123 123qwe123 123qwe456 123qweas 123qweasd 123qweasdzxc 12locked
  12qwaszx 12s3t4p55 1a2a3a4a 1basebal 1hxboqg2 1million 1passwor 1q2q3q4q 1qa2ws3ed 1qaz2wsx3edc4rfv 1qazxsw2
  1qazxsw23edc 1qazzaq1 1x2zkg8w 20spanks 23skidoo 3rjs1la7qe 44magnum 45m2do5bs 4rfv3edc 50spanks 55bgates 5hsu75kpot
  5wr2i7h8 67camaro 69camaro 7ugd5hip2j 8j4ye3uz 8phrowz622 911turbo 9293709b13 987654321a 987654321q a1234567
  a12345678 a123456789 a123456a a1a2a3a4 a1a2a3a4a5 aa123456 aardvark aberdeen abnormal abracadabra abrakadabra
  acapulco achilles acidburn adgjmptw adrenalin adventur aerosmit aerosmith agent007 airborne airforce airplane
  alabama1 albatros alcatraz alejandr aleksander aleksandr aleksandra alessand alessandro alex1234 alexande alexandr
  alexandre alexandru alfarome algernon aligator alkaline allblack alleycat alligator allison1 allnight allstate
  alpha123 alphabet alphaman alterego amarillo amateurs ambrosia amethyst amoremio amsterda amsterdam anaconda
  anakonda anastasi anastasiya andromed andromeda andyod22 angelito anhyeuem anna2614 antelope antigone antonio1
  aolsucks apollo11 apollo13 applepie aquafina aquarius arabella arcangel archange archangel architec argentin
  arizona1 armageddon armagedon armstron as123456 asd12345 asdffdsa asdfjkl; asdfqwer asdfzxcv asdqwe123 asmodeus
  aspirine assholes asslover assmunch astalavista astonvil atlanta1 atlantis atreides augustin australi avalanch
  avalanche avangard awesome1 azertyui azsxdcfv babemagn babemagnet baberuth babushka babybear babyblue babycake
  babydoll babyface babylon5 babylove backbone backdoor badabing badkarma badnaamhere bajingan balloons ballsack
  baltimor baracuda barbados barcelon barefeet barefoot baritone barracud barracuda barselona basebal1 basketba
  basketbal baywatch bcfields beachbum bearcats beatles1 beautifu beckham7 beefcake beethove bellagio bendover
  benessere bergkamp bernhard bettyboo bettyboop bigballs bigblack bigblock bigboobs bigbooty bigbucks bigbutts
  bigdick1 bigdicks bigmoney bignasty bigpenis bigpoppa bigpussy bigtruck billabon billabong billybob billyboy
  binladen biohazard bionicle birthday4 bisexual bismarck bismilla bismillah bitchass black123 blackass blackbel
  blackbelt blackberry blackbir blackbird blackboy blackcat blackcoc blackcock blackdog blackhaw blackhawk blackice
  blackjac blackjack blacklab blackops blackout blaster1 blessed1 blessing blizzard blondie1 blondinka bloopers
  blowfish blue1234 blueball bluebell blueberr blueeyes bluefish bluejays bluemoon bluenose bluesman bluestar bobafett
  bobdylan bobmarle bobmarley bollocks bonehead bonethug boogaloo bookcase bookworm bordeaux boris123 borussia
  bradley1 bravehea braveheart brighton broncos1 brooklyn brother1 browndog brucelee bruno123 bubba123 bubblegum
  bubbles1 buckeye1 buckeyes buckshot buckwhea budapest buddy123 buddyboy buddydog budlight budweise budweiser
  buffalo1 bugsbunn bukowski bulldawg bulldog1 bulldogs bullfrog bullseye bullshit bullwink bunghole buratino
  businessbabe buttercu buttercup butterfl buttfuck butthead butthole bynthytn c3por2d2 cabernet cadillac calamity
  caliente californ caligula calimero callisto callofduty camaross cambiami cambridg camelot1 cameltoe cameron1
  candyass candyman cannabis cannibal cannonda cantona7 capetown capital1 capitals capoeira capricor capricorn
  capslock captain1 cardinal care1839 carebear carlitos carnival carpedie carpediem carpente cartman1 cartoons
  casablanca casanova caseydog cashflow cashmone cashmoney cassandr catdaddy catfight catherin catwoman cavalier
  cbr600rr cbr900rr cdtnkfyf cerberus cezer121 cfitymrf chainsaw challeng chargers charisma charlott charlton checkers
  checkmat cheerleaers cherokee cherries cheshire chester1 chevelle chevrole chevrolet chevys10 chewbacc cheyanne
  cheyenne chickens chickenwing101 chipmunk chipper1 chocolat chopper1 choppers chris123 chrisbln chrissy1 christia
  christin christma christop christophe chrysler chuckles churchil cinnamon citibank civilwar cjkysirj clarinet
  classics claudia1 claymore cleopatr clevelan clippers clitoris close-up cnfybckfd cobra427 cocacola cocksuck
  cocksucker coldbeer coldplay colombia colorado colossus coltrane comanche comicbookdb commande commando concorde
  concrete consumer contortionist control1 cooldude coolgirl coolhand coolness copenhag corleone cornhole corvet07
  costaric cosworth coventry cowboyup crazybab crazyman creampie creative creepers crescent cricket1 crjhgbjy crocodil
  crusader cucumber culinary cutiepie cvbhyjdf cxfcnkbdfz cybersex cyclones cygnusx1 cynthia1 daedalus dagobert
  daisydog dangerou dannyboy daredevi daredevil darkange darkangel darklord darkness darkside darkstar darthvad
  darthvader david123 davidoff daydream dbrnjhbz deadhead deadpool deadspin death666 deathnote deathrow deborah1
  deepblue deepthro deepthroat deerhunt deeznuts deeznutz defender deftones delpiero demon666 derparol designer
  desperado destiny1 detectiv detroit1 deutschland devil666 devildog devilman devilmaycry dfcbkbcf dfktynby dfktynbyf
  dhjnvytyjub diamante diamonds dickhead dickweed dietcoke digital1 dilbert1 dilligaf dillweed dima1995 dingdong
  dinosaur dipstick dirtbike dirtydog discover dkflbckfd dkflbvbh dkflbvbhjdbx dkflbvbhjdyf doberman dodgeram dodgers1
  doggydog doggystyle doghouse dogpound dolemite domainlock2005 domenico dominika dominion dominiqu dontknow doomsday
  doorknob dortmund doughboy douglas1 downhill dragonba dragonball dragonballz dragonfl dragonfly dragrace dragster
  dreamcas dreamcast dreamer1 drjynfrnt dropdead dropkick drowssap drpepper drummer1 dthjybrf dtkjcbgtl dtxyjcnm
  ducati99 duckhunt duracell dutchess dutchman dynamite earnhard earthlin earthlink eastside eastwood eatmenow
  eatpussy eclipse1 edinburg eggplant eightbal ejaculation ekaterina elbereth elcamino eldiablo eldorado electric
  electron element1 eleven11 elisabet elizabet elizaveta elvis123 embalmer emmitt22 enforcer engineer enter123
  enternow enterpri enterprise envision erection ericsson escalade escorpio espresso eternity ethernet euphoria
  evanescence evangeli evangelion evergree everlast everques everquest everton1 evildead evolutio excalibu excalibur
  excellen explorer express1 f15eagle fabienne facefuck failsafe fairlane fakepass falstaff fandango fantasia fantasti
  fantasy1 fantomas farscape fastball fastcars favorite2 favorite6 fearless feathers feelgood fellatio fgtkmcby
  fhvfutljy fidelity finalfantasy fireball fireblad fireblade firefigh firehawk fireman1 firestar firestorm firewall
  fishbone fishcake fisherma fisherman fishface fishhead fishtank fivestar fkbyjxrf fktrcfylh fktrcfylhf fktyeirf
  flamengo flamingo flashman flathead flexible flipflop flipmode flipper1 florida1 flounder flvbybcnhfnjh flyers88
  footlove fordf150 fordf250 fordf350 fordtruc foreplay foreskin forgetit formula1 forsaken foxylady francesc francis1
  francisc frank123 frankie1 freckles fred1234 frederik freebird freefall freepass freeporn freeuser freewill freiheit
  frenchie friendster front242 frontier fruitbat fuck_inside fuckedup fuckface fuckhead fuckinside fuckmehard fuckshit
  fuckthat fuckthis fuckyeah fujifilm fullback fullmoon funstuff funtimes fussball futurama futyn007 fuzzball
  fyfcnfcbz fyfnjkbq fynjybyf fyutkbyf fyutkjxtr gabriell galeries gallaries gamecock gamecube gameover gandalf1
  gangbang gangbanged gangster ganjaman gannibal gargoyle gateway1 gateway2 gatorade gbgbcmrf gbhfvblf geibcnbr
  general1 genesis1 georgia1 geraldin geronimo gesperrt getmoney gfhjkmgfhjkm ghbdtn123 ghbdtnbr ghbdtndctv
  ghbdtnrfrltkf ghblehjr ghbywtccf ghhh47hj7649 ghjcnbnenrf ghjcnjgfhjkm ghjcnjnfr ghjdthrf ghjnjnbg ghjuhfvvf
  ghostrider gianluca gigabyte ginscoot girfriend giveitup gizmodo1 gladiato gladiator glendale glennwei glenwood
  gobigred godbless godfathe godfather godsmack godspeed gogators goldeney goldeneye goldfing goldrush goldstar
  goldwing golfball golfclub good123654 goodfell goodgirl goodison goodlife goodluck goodtime goodyear goofball
  gooseman gorillaz gotigers gotohell gotyoass grandpri grapeape graywolf greatone greatsex greedisgood green123
  greenbay greenday greenman greentea gregory1 greyhoun greywolf groupd2013 gsxr1000 gtnhjdbx guardian guesswho
  guillaum guillerm guinness gulliver gymnastic hairball halflife hallowee handball handyman hannibal hannover
  happines happyday happydog happyman hardball hardcock hardcore harddick hardrock hardwood hardwork harrypotter
  hatteras hattrick hawaii50 hawaiian hawkeye1 hawkeyes hawkwind hawthorn hayabusa hd764nw5d7e1vb1 headless headshot
  hedgehog heineken heinlein hellfire hellohel hellokitty hellsing hellyeah hercules herewego hermione hernande
  hershey1 hetfield highbury highheel highland highlander highlife hillbill hillside hitman47 hogwarts holiday1
  hollywoo holyshit homebrew homemade homepage homer123 hondacbr honeybee honeybun honeydew hongkong honolulu hooligan
  hoosiers hooters1 hornyguy hornyman horseman horsemen hotbabes hotchick hotgirls hotpussy hotstuff hounddog
  housewife housewifes houston1 htubcnhfwbz hugetits hugoboss hulkster hurrican huskers1 hyperion ibilltes icecream
  icehouse idontkno idontknow ignatius ihateyou ijrjkflrf ilikepie ilikesex illmatic illusion ilovegod iloveporn
  ilovepussy ilovesex ilya1234 immortal impalass implants imtheman india123 infiniti infinity insertion insertions
  insomnia inspiron interacial intercourse intrepid intruder inuyasha invictus irishman ironhors ironmaiden ironman1
  islander istanbul istheman italiano iverson3 j3qq4h7h2v jackass1 jakester jamaica1 james007 james123 jamesbon
  jamesbond japanees jason123 jayhawks jbond007 jediknig jeepster jefferso jeffrey1 jellybea jellybean jiggaman
  johannes johncena johndeer johngalt johnson1 josephin joystick junkmail jupiter1 jupiter2 jurassic just4fun justdoit
  justice1 justinbieber juventus kakashka kamasutra kamikadze kamikaze kangaroo karolina katarina katerina kawasaki
  kazanova kazantip kcchiefs kcj9wx5n kenneth1 kennwort kenworth kevin123 keyboard keystone kfcnjxrf kickflip kicksass
  kikimora killbill killzone kingfish kingkong kingston kissmyas kissmyass kittycat kittykat kjrjvjnbd kleopatra
  klondike knickerless knickers knockers knuckles komputer konstantin kordell1 koroleva krasotka kristen1 kristin1
  krokodil l58jkdjp! labrador lacrimosa lacrosse ladybird laetitia lagwagon lakers24 lakeside lakewood lalakers
  lambchop lamborghini lancaste lancelot landrove lapochka laracroft laserjet lasttime lasvegas lavalamp leavemealone
  lebowski lebron23 leedsutd left4dead lemmings lemonade lenochka leonidas lesbians letmeinn letmesee letsdoit
  letsfuck letsplay lfitymrf libertad liberty1 lifehack lifeisgood lighthou lightnin lightning lilwayne limewire
  lincoln1 lindsay1 lindsey1 lineage2 lionhear lionheart lionking littlema livelife liverpoo livewire ljxtymrf
  lockdown lockerroom logitech loglatin lokomotiv lol12345 lollipop lollypop lonesome lonestar lonewolf longdong
  longhair longhorn longhorns longjohn longshot losangel losangeles lotus123 love1234 lovehate lovelife loverboy
  loverman lowrider luckydog luckyone ludacris lunchbox luscious luv2epus macaroni macdaddy macgyver machoman macintos
  macintosh mackenzi madagaskar madala11 maddison madison1 madonna1 magellan magic123 magician magicman mahalkita
  mailcreated5240 majestic makaveli makeitso maksimka mallorca mallrats mamacita mamochka manager1 manchest mandarin
  mandingo mandolin mandrake manhatta mannheim manunited maradona marajade marathon marauder marcello marcius2
  margarit marijuan marijuana mariners marines1 marino13 mariposa marishka marketin marseill marseille maryjane
  masamune maserati mash4077 masterbaiting masterbate masterbating masterkey mastermi mastermind masturbation matchbox
  matthias maurizio maurolarastefy maximilian maximus1 maxpayne maxpower maxwell1 mazafaka mazda323 mazda626 mazdarx7
  meandyou meatball meathead meatloaf mechanic megadeth megapass megatron melanie1 melissa1 mephisto mercury1 meridian
  mersedes metallic metallica metallica1 michele1 michigan microlab microphone microsof microsoft mike1234 milamber
  milhouse milkyway millenium millwall minecraft minimoni minnesot miranda1 mischief misfit99 misiaczek mistress
  mobydick modelsne molly123 mollydog momsanaladventure monalisa moneyman mongoose monique1 monkeybo monkeyboy
  monkeyma monkeyman monolith monopoly montana1 montecar montecarlo monterey montgom240 montreal montrose moonbeam
  moonligh moonlight moonshin moonshine morozova morpheus morrowind mortgage morticia mortimer motdepasse motherfu
  motherlode motocros motocross motorcyc motorola mudvayne muffdive multiplelo munchkin mushroom music123 musicman
  mustangs myfriend mynameis mypasswo mypassword mysecret myspace1 myxworld nadezhda nancy123 nascar24 nastenka
  natalie1 natascha natedogg nathanie naughty1 nautilus navigato navigator navyseal nbuhtyjr ncc1701a ncc1701d
  ncc1701e ncc74656 nebraska needforspeed nemesis1 nemrac58 netscape nevermin nevermind nevermor nevermore newcastl
  neworder newpass1 newpass6 newport1 newproject2004 newstart nicetits nightmar nightowl nightwin nightwish nineball
  nineinch nocturne nokia123 nokia5130 nokia5230 nokia5530 nokia5800 nokia6233 nokia6300 nokian73 noname123 nonmembe
  nopassword normandy nosferatu nostromo notebook nothing1 notredam novifarm novikova nthvbyfnjh ntktdbpjh nuttertools
  nwo4life nygiants nyyankee oblivion obsidian omegared onepiece open1234 opendoor operator optimist optiplex outsider
  overkill overlord p0015123 p0o9i8u7 packard1 packers1 paintbal paintball pakistan paladin1 pallmall palmtree
  panasoni panasonic pandora1 panorama pantera1 panthers panties1 pantyhos pantyhose papabear paperino papillon
  paradigm paradise paramedi paramore parlament parsifal partizan pasadena passcode passmast passthie passwerd
  passwor1 passwords patches1 pathfind pathfinder patriots patrizia patterso pavement pavilion payton34 peaceout
  pearljam peekaboo pegasus1 penetrating penetration penguin1 penguins pennstat pennywis penthous pepsi123 peregrin
  perfect1 pertinant peterbil peternorth peterpan petrovich phaedrus phantom1 pharmacy phialpha philippe phillies
  pianoman pictuers piercing pimpdadd pimpdaddy pimpster pineappl pineapple pinetree pingpong pinkfloy pinkfloyd
  pinnacle pipeline pippen33 piramida pitchers pizzahut pizzaman plastics platinum platypus playball playmate playstat
  playstation playtime plymouth polaroid polniypizdec0211 pontiac1 poohbear pool6123 poontang poophead popcorn1
  porkchop pornking pornographic pornpass pornstar portland portugal poseidon power123 powerman preacher precious
  predator prelude1 presario presiden princesa princessa princeto pringles priscill priyanka pufunga7782 pumpkin1
  pumpkins punisher punkrock puppydog pussy4me pussycat pussyeat pussylover pussyman pyramid1 pyramids q1234567
  q123456789 q1q2q3q4 q1q2q3q4q5 qawsedrf qawsedrftg qaz12345 qazwsxed qazwsxedcrfv qazwsxedcrfvtgb qazxsw12 qazxsw123
  qazxswedc qq123456 quant4307s qw123456 qwaszx12 qwe123qwe qweasd123 qweasdzx qweasdzxc qweasdzxc123 qwedsazxc
  qwerasdf qwerasdfzxcv r2d2c3p0 r2d2c3po r4e3w2q1 radiohea radiohead ragnarok rainbows raindrop rainyday raistlin
  rammstei rammstein ramstein rapunzel rasputin rastaman raymond1 rb26dett rdfhnbhf realmadrid rebbyt34 reckless
  redalert redbaron reddevil reddwarf redheads redlight redneck1 redstorm redwings reloaded remingto renegade rerfhtre
  revival47 revoluti revolver rfgbnjirf rfhfvtkmrf rfhfylfi rfhlbyfk rfhnjirf rfnthbyf rfntymrf rfvfcenhf rhbcnbyf
  rhfcfdbwf rhfcjnrf rhjrjlbk rhtdtlrj riccardo rickster riffraff rightnow riverrat riversid rjhjktdf rjirfrgbde
  rjycnfynby rktjgfnhf roadkill roadking roadrunn roadrunner roadster robinhood robotech robotics rockford rockhard
  rocknrol rocknroll rockstar rocky123 rolltide romanova romashka ronaldinho roosters rootbeer rootedit rosebud1
  rosewood rsalinas rt6ytere runescape rush2112 rushmore russell1 russian7 rustydog saab9000 sabrina1 sailboat
  salamander salasana saltydog salvator samadams sammy123 sammydog sandiego sandman1 sandrine sanity72 santacru
  sapphire sarajevo saratoga sasha123 sasha_007 satan666 satellit sausages saxophon scarface scheisse schnuffi
  scirocco scoobydo scoobydoo scorpio1 scorpion scorpions scotland scrabble scrapper screamer screwyou seahawks
  seahorse sealteam seattle1 sebastia sebastie seductive segblue2 seinfeld seminole semperfi senators sentinel
  sephirot sephiroth septembe seraphim serenity sergbest sersolution service1 sevenof9 sexybabe sexybitch sexygirl
  sexylady sexymama sfgiants shamrock shaney14 sheepdog sherlock shevchenko shinigami shitface shitfuck shithead
  shotokan showtime shredder sidekick sidewind sigmachi silverad silverado singapor sinister sithlord sixtynin
  sk8ordie skateboard skeeter1 skinhead skipper1 skittles skorpion skydiver skywalke skywalker slamdunk slapnuts
  slapshot slimshad slimshady slippery slowhand smackdow smackdown smartass smashing smeghead smirnoff smirnova
  smoke420 smokedog smoothie snakeman snapshot sneakers snickers snoopdog snoopdogg snowbird snowboar snowboard
  snowflak snowflake snowman1 snuggles socrates softball softtail software sojdlg123aljg sokolova solitude solnishko
  songbird sonyericsson sonyfuck sonyvaio sooners1 sopranos soso123aljg soulmate southpar southpark southpaw southside
  spaceman spanking sparhawk sparkles spartan1 spartan117 spartans special1 specialk spectrum spencer1 spiderma
  spitfire splatter splinter spongebo spongebob sprinter sprocket squerting squirrel srinivas stallion stamford
  stanislav stanley1 starbuck starbucks starcraf starcraft stardust starfire starfish stargate starligh starlight
  starlite starship start123 steelers stephani stephen1 stewart1 stickman stigmata stiletto stinger1 stingray stocking
  stonecol stonecold stonewal stoppedby stranger stratfor strawber streaming stripper sublime1 submarin success1
  suckcock suckdick suckmydick summertime sundance sunderla sundevil sunflowe sunflower sunlight sunnyday super123
  superbow superfly supernov supernova supersonic supersta surveyor survivor svetlana swallows sweetass sweetnes
  sweetness sweetpea swimming swingers swinging swordfis sylveste syncmaster syracuse tacobell taekwondo tailgate
  takamine talisman tamerlan tampabay tangerin tarheels tazmania teacher1 teamwork technics tecumseh teddybea
  teddybear telephon temppass temptress tenerife tennesse tequiero terminat terminator terrapin terriers testibil
  testpass thailand thanatos thankyou thebeast theclash thedoors theforce thegreat therock1 thesaint thething thetruth
  thirteen thisisit threesom thuglife thumbnils thumper1 thunderb tiberian tiberius tickling ticklish ticktock
  tiffany1 tiger123 tigercat timelord timothy1 timoxa94 tinkerbe tinkerbell titanium titleist tkbpfdtnf tokiohotel
  tomahawk tommyboy tomservo tonyhawk tooltime toonarmy topolino topsecre topsecret toriamos tortoise tottenha
  tottenham toulouse trailers transexual translator traveler treasure treefrog trfnthbyf triangle trinitro trinitron
  trinity1 triplets trojans1 trombone trooper1 trouble1 trousers trucker1 trucking trueblue truelove truffles trumpet1
  tryagain tunafish turkey50 twilight ufhvjybz uhbujhbq ultimate ultraman umbrella uncencored underdog undertak
  undertaker undertow unicorn1 universa universi ursitesux username usmarine usmc0311 usuckballz1 utahjazz vacation
  vagabond valentin valentina valeriya valhalla valkyrie valleywa vampire1 vancouve vanguard vanhalen vaseline
  vasilisa vauxhall vegas123 vendetta verbatim veronika verygood vfhbyjxrf vfhnsirf vfhufhbnf vfitymrf vflfufcrfh
  vfnbkmlf vfntvfnbrf vfpfafrf vfrcbvrf vfylfhby victory1 viewsoni viewsonic vikings1 viktoria viktoriya violator
  violetta vipergts virginie vivitron vjqgfhjkm vkontakte vladimir vladislav vodafone volkodav volkswag volkswagen
  volleyba voyager1 vqsablpzla vsjasnel12 wachtwoord waffenss wanderer wareagle warhamme warhammer warrior1 warriors
  washingt waterboy waterfal waterloo watermelon waterpolo waterski wdtnjxtr weare138 webhompas webmaste webmaster
  websol76 websolutions wednesda wellhung wellingt werewolf westside westwood wetpussy wg8e3wjf whiplash whiskers
  whistler whiteboy whiteout whitesox whocares whoknows wildbill wildcard wildcats wildfire wildwood winchest windmill
  windows1 windsurf wingchun wingzero winston1 wishbone wolfgang wolfpack wolverin wolverine wonderboy wonderfu
  woodland woodstoc woodstock woodwork worldcup wp2003wp wrangler wrestlin wrinkle1 wrinkles x72jhhu3z yamahar1
  yamahar6 yaroslav yeahbaby yesterda yfcntymrf yfnfitymrf yjdsqgfhjkm yogibear yorktown yosemite youandme yourmama
  ytngfhjkz zachary1 zanzibar zaq12345 zaqwsxcde zaqxswcde zeppelin zerocool zildjian zolushka zxasqw12 zxcasdqwe
  zxcasdqwe123 zxcvasdf zxcvvcxz zz8807zpl`.split(/\s+/),
);
