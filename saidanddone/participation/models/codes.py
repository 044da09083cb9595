"""Codes that open a thread: three friendly words and four digits, kept only as a digest."""

import hashlib
import re
import secrets
import unicodedata
import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

# 512 short words that a child can read out on a bad telephone line: no two differ by one letter,
# none is a word that is called after anybody.
WORDS = """
acorn agate album almond alpaca anchor angle anorak antelope anvil apple apricot apron archway
arrow artist aspen atlas attic autumn avocado backpack badger bagel bakery balloon bamboo banjo
barley barn basil basket bathtub beacon beaver beehive beetle bench berry bicycle biplane birch
biscuit bison blanket blossom bluebell bonfire bonnet bottle boulder bouquet bramble branch
bread breeze bridge brook brush bubble bucket budgie bundle button buzzard cabbage cabin cactus
cafe camel camera candle canoe canvas canyon caramel caravan carpet carrot cartoon cashew castle
catkin celery cello chalk cheese chimney chutney cinema circle citrus climber cloud clover
coaster cobble cobweb comet compass cookie copper coral corner cottage cotton cousin crayon
cricket crocus crumpet cuckoo cupcake cushion cymbal daisy damson dance daydream denim desert
diamond diary dinghy dolphin domino doodle doorbell doorway dragon drizzle drum dune eagle
earring easel echo eclair elbow ember emerald engine evening falcon farmer feather fennel fern
fiddle field finch firefly flask flower flute foal footpath forest fox freckle frisbee frog
galaxy gallery gallop garden garland garlic gazelle gecko ginger giraffe glacier glitter glove
granite grape grass gravel guitar guppy haddock hammock hamster harbour harmony harp harvest
hazel hedge hedgehog helmet heron herring hill hillside hobby holiday holly honey horizon
horseshoe hotel iceberg icicle igloo iguana impala indigo iris island ivory ivy jackdaw jacket
jaguar jasmine jelly jersey jetty jigsaw jingle jockey journey judo juggler juice jumper juniper
kayak kazoo kestrel keyboard kiosk kitchen kite kitten kiwi koala ladder lagoon lakeside lamb
lantern lapwing larch lark lasagne leaflet lemon lemonade lentil leopard lettuce library lilac
lily lime limpet linen lizard llama lobster lullaby lupin magic magnet magpie mallard mammoth
maple marble market mascot meadow meerkat melody merlin meteor mimosa minnow mint mirror moon
moose mosaic mousse mural museum music mustard nachos napkin narwhal nectar nest nettle nickel
novel nugget nursery nutmeg oak oasis oboe ocean octopus olive onion onyx opal orange orbit
orchard orchid osprey ostrich otter oven owl oyster paddle painter palace pancake panda pansy
panther papaya paper parade parasol parcel parsley parsnip pasta pastel patio peacock peanut
pebble pelican pencil penguin peony pepper petal petunia piano pickle picnic pigeon pilot pixel
planet plum pocket pollen pomelo pond popcorn poplar poppy postcard potato prairie pretzel prism
puffin pumpkin puppet purple puzzle pyramid quail quartz quilt quince rabbit radish railway
rainbow ranger raven ravioli recipe ribbon ripple river robin rosebud rowan rowboat ruby saffron
salad salmon sandal satchel satin saucer scallop scarf scarlet scooter seagull seaweed sequin
shamrock shelter sherbet shrimp signpost silver skylark slipper snowdrop snowflake snowman sofa
spaniel sparrow spinach spiral sponge spring spruce squash squirrel star starfish starling
statue stork stream summer sundial sunrise sunset swan swift swimmer syrup table tadpole tango
teacup teapot temple tennis terrace theatre thimble thistle ticket tiger timber toast toffee
tomato topaz tortilla tortoise toucan tractor treacle trifle trolley trombone truffle tugboat
tulip tunnel turmeric turnip turtle twilight ukulele umbrella unicorn valley vanilla velvet
village viola violet violin volcano voyage waffle wallaby walnut walrus warbler wardrobe water
willow windmill window winter wombat woodland workshop wren yacht yellow yodel yoga yoghurt
zebra zeppelin zigzag
""".upper().split()

SALT = "participation.thread-code"
SHAPE = re.compile(r"([A-Z]{3,9})(\d{4})([A-Z]{6,18})", re.ASCII)
LONGEST = 60  # characters typed: a code with many spaces and hyphens, and no more


def new_code() -> str:
    """A fresh code, such as PLUM 7264 OTTER MAPLE: about 2^40 of them, so guessing is hopeless."""
    return code_from(secrets.token_bytes(32))


def code_from(seed: bytes) -> str:
    """The code that belongs to this seed: the same form sent twice shows the same code twice."""
    number = int.from_bytes(salted_hmac(SALT + ".seed", seed, algorithm="sha256").digest())
    number, digits = divmod(number, 10_000)
    number, first = divmod(number, len(WORDS))
    number, second = divmod(number, len(WORDS))
    third = number % len(WORDS)
    return f"{WORDS[first]} {digits:04} {WORDS[second]} {WORDS[third]}"


def mark_from(seed: bytes) -> uuid.UUID:
    """What is stored to know the same form again: nobody can reckon the code back from it."""
    return uuid.UUID(bytes=hashlib.sha256(b"once:" + seed).digest()[:16])


def tidy(typed: str) -> str:
    """A code as it is compared: capitals and digits alone. Empty when it cannot be one at all."""
    if len(typed) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", typed).upper()
    compact = re.sub(r"[\s\W_]+", "", plain)
    return compact if SHAPE.fullmatch(compact) else ""


def in_address(code: str) -> str:
    """The code as it stands in the address of its thread."""
    return "-".join(code.split())


def digest(typed: str) -> str:
    """What is kept of a code. Without the secret key of this place it proves nothing."""
    return _digest(tidy(typed), settings.SECRET_KEY)


def digests(typed: str) -> list[str]:
    """Every digest that the code may have been kept as, older secret keys included."""
    compact = tidy(typed)
    if not compact:
        return []
    return [_digest(compact, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _digest(compact: str, key: str) -> str:
    return salted_hmac(SALT, compact, secret=key, algorithm="sha256").hexdigest()
