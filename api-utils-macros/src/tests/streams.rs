//! Random token streams into every parser: an error, a guard, a table or an implementation with its
//! assertions; never a plain handler, never a panic.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use crate::{config, public, require_token, roles, routes, rule};

/// The words of the rule language and of tables.
const ACCESS: &[&str] = &[
    "role", "roles", "scope", "sub", "claim", "any", "all", "not", "path", "crate", "state",
    "prefix", "layer", "GET", "POST", "HEAD", "handler", "Role", "STAFF", "Auth", "async", "fn",
    "pub", "struct", "enum", "Token", "self", "true", "rules", "_",
];

/// Those of settings.
const CONFIG: &[&str] = &[
    "config",
    "default",
    "flatten",
    "section",
    "prefix",
    "rename",
    "alias",
    "skip",
    "secret",
    "validate",
    "optional",
    "no_jwt_secret",
    "crate",
    "range",
    "len",
    "requires",
    "String",
    "SecretString",
    "Option",
    "Vec",
    "u16",
    "struct",
    "enum",
    "pub",
    "where",
    "impl",
    "self",
    "true",
    "_",
];

/// xorshift64*: the same streams in every run.
struct Random {
    state: u64,
    words: &'static [&'static str],
}

impl Random {
    fn new(seed: u64, words: &'static [&'static str]) -> Self {
        Self { state: seed, words }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let number = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap().checked_rem(end).unwrap()
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A stream of up to `length` trees of the words that our languages are made of.
    fn stream(&mut self, length: usize, depth: usize) -> TokenStream {
        const TEXTS: &[&str] = &[
            "admin",
            "",
            " a",
            "a b",
            "/users/{id}",
            "/{*rest}",
            "x\n",
            "é",
        ];
        let count = self.below(length.saturating_add(1));
        (0..count)
            .map(|_| match self.below(10) {
                0..=3 => TokenTree::Ident(Ident::new(self.pick(self.words), Span::call_site())),
                4..=5 => Literal::string(self.pick(TEXTS)).into(),
                6 if self.below(4) == 0 => Literal::i64_unsuffixed(7).into(),
                6..=7 => {
                    let sign = self.pick(&['=', ',', '.', ':', '-', ';', '|', '#', '>', '!', '<']);
                    let spacing = self.pick(&[Spacing::Alone, Spacing::Joint]);
                    Punct::new(sign, spacing).into()
                }
                _ if depth == 0 => Punct::new(',', Spacing::Alone).into(),
                _ => {
                    let delimiter = self.pick(&[
                        Delimiter::Parenthesis,
                        Delimiter::Parenthesis,
                        Delimiter::Bracket,
                        Delimiter::Brace,
                        Delimiter::None,
                    ]);
                    let inside = self.stream(length, depth.saturating_sub(1));
                    Group::new(delimiter, inside).into()
                }
            })
            .collect()
    }

    /// `tokens` with one of them lost, doubled, or another one in its place, at any depth.
    fn mutated(&mut self, tokens: TokenStream) -> TokenStream {
        let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
        if trees.is_empty() {
            return self.stream(2, 1);
        }
        let place = self.below(trees.len());
        let inside = match &trees[place] {
            TokenTree::Group(group) if self.below(3) > 0 => Some(group.clone()),
            _ => None,
        };
        if let Some(group) = inside {
            let stream = self.mutated(group.stream());
            trees[place] = Group::new(group.delimiter(), stream).into();
            return trees.into_iter().collect();
        }
        match self.below(4) {
            0 => drop(trees.remove(place)),
            1 => trees.insert(place, trees[place].clone()),
            2 => {
                let new: Vec<TokenTree> = self.stream(1, 1).into_iter().collect();
                trees.splice(place..=place, new);
            }
            _ => {
                let new: Vec<TokenTree> = self.stream(2, 1).into_iter().collect();
                trees.splice(place..place, new);
            }
        }
        trees.into_iter().collect()
    }
}

const RUNS: usize = 4000;

fn is_error(output: &str) -> bool {
    output.contains("compile_error")
}

/// The output has an error, or the guard as the first argument of the function.
fn assert_error_or_guard(input: &TokenStream, output: &TokenStream) -> bool {
    let text = output.to_string();
    let guarded = text.contains("__private :: Guard <")
        && text.contains("HasRule for")
        && text.contains("= api_utils_guard ;");
    assert!(is_error(&text) || guarded, "{input}\nbecame\n{text}");
    is_error(&text)
}

#[test]
fn arguments_of_the_attributes() {
    let mut random = Random::new(1, ACCESS);
    let handler = quote!(
        pub async fn handler(Path(id): Path<u32>) {}
    );
    let good = quote!(
        any(role = "admin", sub = path(id)), not(claim(a."b c") = -7), roles = [Role::Admin, "x"]
    );
    let mut good_ones = 0;
    for run in 0..RUNS {
        let arguments = if run % 2 == 0 {
            random.stream(6, 3)
        } else {
            random.mutated(good.clone())
        };
        let output = require_token::expand(arguments.clone(), handler.clone());
        if !assert_error_or_guard(&arguments, &output) {
            good_ones += 1;
            syn::parse2::<syn::File>(output).unwrap();
        }
        let output = public::expand(arguments.clone(), handler.clone());
        if !assert_error_or_guard(&arguments, &output) {
            // Only a text is a reason.
            assert!(arguments.to_string().contains('"'), "{arguments}");
        }
        let output = rule::expand(arguments.clone());
        let is_rule = syn::parse2::<syn::Expr>(output.clone()).is_ok();
        assert!(is_error(&output.to_string()) || is_rule, "{arguments}");
    }
    // Both sides were met.
    assert!(good_ones > 50 && good_ones < RUNS / 2, "{good_ones}");
}

#[test]
fn items_under_the_attributes() {
    let mut random = Random::new(2, ACCESS);
    let handler = quote! {
        #[inline]
        pub(crate) async fn handler<T: Clone>(Path(id): Path<T>, body: Bytes) -> Result<T, E>
        where
            T: Send,
        {
            body
        }
    };
    let mut good_ones = 0;
    for run in 0..RUNS {
        let item = if run % 4 == 0 {
            random.stream(8, 2)
        } else {
            random.mutated(handler.clone())
        };
        for output in [
            require_token::expand(quote!(role = "admin"), item.clone()),
            public::expand(quote!("reason"), item.clone()),
        ] {
            if !assert_error_or_guard(&item, &output) {
                good_ones += 1;
            }
        }
    }
    assert!(good_ones > 50 && good_ones < 2 * RUNS, "{good_ones}");
}

#[test]
fn tables_and_roles() {
    let mut random = Random::new(3, ACCESS);
    let table = quote! {
        state Arc<AppState>;
        prefix "/api/{org}";
        roles Role;
        GET | POST "/users/{user_id}" => users::show::<Postgres>.layer(one).layer(two()),
        DELETE "/users" => delete,
    };
    let mut good_ones = 0;
    for run in 0..RUNS {
        let tokens = if run % 4 == 0 {
            random.stream(12, 2)
        } else {
            random.mutated(table.clone())
        };
        let output = routes::expand(tokens.clone());
        let text = output.to_string();
        if is_error(&text) {
            // Beside an error no handler is mounted.
            assert!(!text.contains(". on ("), "{tokens}");
        } else {
            good_ones += 1;
            // As many handlers are mounted as are asked for their rule.
            let mounted = text.matches(". on (").count();
            assert_eq!(mounted, text.matches("access_of (").count(), "{tokens}");
            syn::parse2::<syn::Expr>(output).unwrap();
        }
    }
    assert!(good_ones > 50 && good_ones < RUNS, "{good_ones}");

    let roles = quote! {
        #[roles(crate = ::renamed)]
        enum Role { Admin, #[role("billing:read")] Billing, Éditeur }
    };
    for _ in 0..RUNS {
        // What is no item at all never reaches a derive.
        if let Ok(input) = syn::parse2(random.mutated(roles.clone())) {
            let output = roles::derive(&input).to_string();
            assert!(
                is_error(&output) || output.contains("Roles for"),
                "{output}"
            );
        }
    }
}

#[test]
fn settings() {
    let mut random = Random::new(4, CONFIG);
    let root = quote! {
        /// Settings.
        #[config(crate = ::renamed, prefix = "APP_", validate = check)]
        pub struct Settings {
            /// Address to listen on.
            #[config(default = "127.0.0.1:8080", alias = "ADDRESS")]
            listen: SocketAddr,
            #[config(flatten)]
            jwt: JwtConfig,
            #[config(rename = "JWT_SECRET")]
            secret: SecretString,
            #[config(skip)]
            started: u64,
            smtp_password: Option<SecretString>,
        }
    };
    let section = quote! {
        #[config(section)]
        struct Database { url: SecretUrl, #[config(default = 5)] connections: u16 }
    };
    let mut good_ones = 0;
    let mut inputs = 0;
    for run in 0..RUNS {
        let item = match run % 4 {
            0 => random.stream(8, 2),
            1 => random.mutated(section.clone()),
            2 => random.mutated(root.clone()),
            _ => {
                let once = random.mutated(root.clone());
                random.mutated(once)
            }
        };
        // What is no item at all never reaches a derive.
        let Ok(input) = syn::parse2(item.clone()) else {
            continue;
        };
        inputs += 1;
        let output = config::derive(&input);
        let text = output.to_string();
        syn::parse2::<syn::File>(output).unwrap();
        assert!(text.contains("Load for"), "{item}\nbecame\n{text}");
        if is_error(&text) {
            // A stand-in that never makes a value.
            assert!(!text.contains("Some ("), "{item}\nbecame\n{text}");
            continue;
        }
        good_ones += 1;
        // Whoever can be loaded has been asked for its secret, or has said why there is none.
        let asked = text.contains("jwt_secret (") || item.to_string().contains("no_jwt_secret");
        assert!(asked || !text.contains("fn load"), "{item}\nbecame\n{text}");
        // All the fields at once, or nothing.
        assert!(text.contains("Self {"), "{item}\nbecame\n{text}");
    }
    assert!(
        good_ones > 50 && good_ones < inputs - 50,
        "{good_ones} of {inputs}"
    );
}
