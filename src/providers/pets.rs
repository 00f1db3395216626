//! The words of `random_pet`.

pub(super) const ADVERBS: &[&str] = &[
    "amply", "barely", "boldly", "briefly", "brightly", "calmly", "clearly", "daily", "deeply", "early", "easily",
    "evenly", "fairly", "finely", "firmly", "freely", "gently", "gladly", "greatly", "highly", "kindly", "largely",
    "lightly", "mainly", "mildly", "neatly", "nicely", "openly", "plainly", "quickly", "quietly", "rarely", "readily",
    "really", "safely", "simply", "slowly", "smoothly", "softly", "solely", "steadily", "surely", "swiftly", "truly",
    "vastly", "warmly", "widely", "wisely",
];

pub(super) const ADJECTIVES: &[&str] = &[
    "able", "alert", "ample", "apt", "bold", "brave", "bright", "busy", "calm", "clean", "clear", "clever", "cool",
    "cosmic", "cute", "daring", "eager", "early", "fair", "fast", "fine", "firm", "fond", "fresh", "gentle", "glad",
    "golden", "grand", "handy", "happy", "honest", "humble", "ideal", "keen", "kind", "large", "light", "lively",
    "loyal", "lucky", "mellow", "merry", "mighty", "modern", "neat", "noble", "open", "patient", "polite", "proud",
    "quick", "quiet", "rapid", "ready", "robust", "sharp", "shiny", "smart", "smooth", "solid", "steady", "strong",
    "sunny", "sweet", "tidy", "tough", "trusty", "vast", "vivid", "warm", "wise", "witty",
];

pub(super) const NAMES: &[&str] = &[
    "ant", "badger", "bat", "bear", "beaver", "bee", "bison", "bobcat", "buck", "camel", "cat", "cheetah", "cobra",
    "cod", "colt", "condor", "coyote", "crab", "crane", "cricket", "crow", "deer", "dingo", "dog", "dolphin", "donkey",
    "dove", "duck", "eagle", "eel", "elephant", "elk", "falcon", "ferret", "finch", "flamingo", "fox", "frog",
    "gazelle", "gecko", "gibbon", "giraffe", "goat", "goose", "hamster", "hare", "hawk", "hedgehog", "heron", "horse",
    "hound", "ibex", "jackal", "jaguar", "kangaroo", "kite", "kitten", "koala", "lark", "lemur", "leopard", "lion",
    "lizard", "llama", "lobster", "lynx", "magpie", "marmot", "marten", "mink", "mole", "monkey", "moose", "mouse",
    "newt", "ocelot", "octopus", "orca", "oryx", "ostrich", "otter", "owl", "ox", "panda", "panther", "parrot",
    "pelican", "penguin", "pigeon", "pony", "puma", "quail", "rabbit", "raccoon", "ram", "raven", "robin", "salmon",
    "seal", "shark", "sheep", "shrew", "skunk", "sloth", "snail", "sparrow", "squid", "stork", "swan", "swift",
    "tapir", "tiger", "toad", "trout", "turkey", "turtle", "viper", "vole", "walrus", "wasp", "weasel", "whale",
    "wolf", "wombat", "wren", "yak", "zebra",
];
