import type { Topic } from '../../../contract/topics.ts';

/**
 * Words that speak of a topic, in casefolded form; a star stands for any ending. Our own list, for a server that has
 * learned nothing yet. A word that means something else in the other language stands only where it is meant.
 */
export const topicWords: Record<'en' | 'de', Record<Topic, string>> = {
  en: {
    animals:
      'animal* dog dogs puppy puppies doggo cat cats kitten* pet pets bird* horse* pony bunny rabbit* hamster* parrot* turtle* wildlife zoo cow cows sheep goat* fox foxes squirrel* hedgehog*',
    art: 'art artist* artwork paint* drawing* sketch* watercolo* sculpt* illustrat* gallery mural* graffiti calligraphy ceramic*',
    beauty:
      'makeup make-up skincare lipstick mascara eyeliner nails manicure hairstyle* haircut* hair perfume beauty eyeshadow',
    books: 'book* bookish booktok reading novel* author* library poem* poetry bookshelf literature bookshop*',
    comedy: 'comedy funny joke* prank* humor humour sketchcomedy laugh* hilarious parody meme* standup lol',
    crafts:
      'craft* diy handmade knit* crochet* sewing sew woodwork* carpent* origami embroider* pottery macrame quilt* upcycl*',
    dance: 'dance* dancing choreo* ballet hiphop breakdanc* salsa tango waltz twerk shuffle',
    family:
      'family mom mum dad baby babies toddler* kids children parent* grandma grandpa pregnan* sister* brother* newborn',
    fashion:
      'fashion outfit* ootd style dress dresses sneaker* thrift* streetwear lookbook wardrobe jewel* handbag* shoes',
    film: 'film films movie* cinema series netflix trailer* actor* actress* director* screenplay shortfilm* scene behindthescenes',
    food: 'food* recipe* cook* bake baking cake* bread pasta pizza breakfast lunch dinner dessert* vegan* kitchen coffee restaurant* chef soup noodle* tasty delicious',
    games:
      'game games gaming gamer* videogame* minecraft fortnite playstation xbox nintendo esports speedrun boardgame* chess rpg',
    garden:
      'garden* plant plants flower* seed* tomato* houseplant* compost* harvest* greenhouse balcony herbs rose roses',
    health:
      'health* workout* fitness gym yoga meditat* mentalhealth nutrition sleep therapy doctor* wellness selfcare pilates',
    home: 'home house* interior* decor* furniture livingroom bedroom tidy cleaning organiz* declutter* renovat* ikea apartment*',
    language:
      'language* vocabulary grammar learnenglish learngerman learnspanish translat* accent* pronunc* dialect* bilingual linguist*',
    music:
      'music* song* sing singing singer* guitar* piano drum* band concert* album* cover rap beat melody violin* dj vinyl festival',
    nature:
      'nature forest* mountain* lake* river* ocean sea sunset* sunrise* landscape* waterfall* tree trees wild meadow*',
    news: 'news breaking politic* election* parliament government protest* report journalis* headline* demonstration',
    outdoors:
      'outdoor* hike hiking camp camping climb* kayak* trail* backpack* bushcraft campfire tent trek* fishing',
    science:
      'science scien* experiment* physics chemistry biology space astronom* telescope* planet* laborator* research* math* nasa',
    sport:
      'sport* football soccer basketball tennis running runner* marathon swim* cycling skate* skateboard* surf* ski skiing goal* boxing volleyball handball gymnast* parkour',
    technology:
      'tech technolog* phone* computer* laptop* code coding program* software robot* ai gadget* app apps 3dprint* linux electronic*',
    travel:
      'travel* trip vacation holiday* beach* city citytrip airport* flight* hotel* roadtrip backpacking tourist* passport wanderlust island*',
    weather:
      'weather storm* rain* snow* thunder* lightning cloud* fog hail tornado* hurricane* heatwave forecast*',
  },
  de: {
    animals:
      'tier* hund hunde* welpe* katze* kater kätzchen haustier* vogel vögel pferd* pony hase* kaninchen hamster* papagei* schildkröte* zoo kuh kühe schaf* ziege* fuchs eichhörnchen igel',
    art: 'kunst* künstler* malen malerei zeichn* skizze* aquarell* skulptur* illustration* galerie* wandbild* graffiti töpfer*',
    beauty:
      'makeup schminke* schminken hautpflege lippenstift* wimpern* nägel nagellack frisur* haare haarschnitt parfüm* kosmetik*',
    books:
      'buch bücher* lesen leser* roman* autor* bibliothek* gedicht* lyrik literatur bücherregal buchhandlung*',
    comedy: 'comedy lustig* witz* streich* humor lachen parodie* sketch* meme* kabarett',
    crafts:
      'basteln bastel* handarbeit* selbstgemacht stricken häkeln* nähen nähmaschine holzarbeit* schreiner* tischler* origami sticken makramee diy heimwerk*',
    dance: 'tanz* tanzen tänzer* choreo* ballett hiphop breakdance salsa tango walzer',
    family:
      'familie* mama papa mutter vater baby babys kleinkind* kinder eltern* oma opa schwanger* schwester* bruder brüder geburt*',
    fashion:
      'mode outfit* stil kleid kleider* klamotten schuhe sneaker* schmuck tasche* flohmarkt* secondhand garderobe',
    film: 'film filme* filmen kino* serie serien netflix trailer* schauspiel* regisseur* drehbuch* kurzfilm* szene dreharbeit*',
    food: 'essen rezept* koch* kochen backen kuchen* brot* nudel* pizza frühstück* mittagessen abendessen nachtisch* vegan* küche* kaffee restaurant* suppe* lecker* gebäck',
    games:
      'spiel spiele spielen gaming zocken gamer* videospiel* minecraft fortnite playstation xbox nintendo brettspiel* schach',
    garden:
      'garten* gärtner* pflanze* blume* samen tomate* zimmerpflanze* kompost* ernte* gewächshaus balkon* kräuter rose rosen hochbeet*',
    health:
      'gesund* training fitness* yoga meditation* psyche ernährung schlaf therapie* arzt ärztin wohlbefinden physio* dehnen',
    home: 'zuhause wohnung* haus einrichtung* deko* möbel* wohnzimmer* schlafzimmer* putzen aufräumen ordnung renovier* umzug* ikea',
    language:
      'sprache* vokabel* grammatik* deutschlernen englischlernen übersetz* akzent* aussprache* dialekt* zweisprachig',
    music:
      'musik* lied lieder song* singen sänger* gitarre* klavier* schlagzeug* band konzert* album rap melodie* geige* vinyl festival*',
    nature:
      'natur* wald wälder berg berge see seen fluss meer sonnenuntergang* sonnenaufgang* landschaft* wasserfall* baum bäume wiese*',
    news: 'nachricht* politik* wahl wahlen bundestag* regierung* protest* demo demonstration* journalis* schlagzeile*',
    outdoors:
      'wandern wanderung* zelten zelt camping klettern* kajak* trekking lagerfeuer* bushcraft draußen angeln rucksack*',
    science:
      'wissenschaft* forschung* experiment* physik* chemie* biologie* weltraum* astronom* teleskop* planet* labor* mathe*',
    sport:
      'sport* fußball* basketball tennis laufen läufer* marathon* schwimm* radfahren skate* surfen ski skifahren tor boxen volleyball handball* turnen parkour verein*',
    technology:
      'technik* technologie* handy* computer* laptop* programmier* software roboter* ki gadget* app apps 3ddruck* linux elektronik* basteleien',
    travel:
      'reise* reisen urlaub* strand* stadt städtetrip* flughafen flug flüge hotel* roadtrip rundreise* tourist* insel* ferien',
    weather: 'wetter* sturm* regen* schnee* gewitter* blitz* wolke* nebel* hagel tornado* hitze* vorhersage*',
  },
};
