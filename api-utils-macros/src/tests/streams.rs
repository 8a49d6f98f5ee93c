//! Random token streams into every parser of `access`: an error or a guard, never a plain handler,
//! never a panic.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use crate::{public, require_token, roles, routes, rule};

/// xorshift64*: the same streams in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap().checked_rem(end).unwrap()
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A stream of up to `length` trees of the words that our languages are made of.
    fn stream(&mut self, length: usize, depth: usize) -> TokenStream {
        const WORDS: &[&str] = &[
            "role", "roles", "scope", "sub", "claim", "any", "all", "not", "path", "crate",
            "state", "prefix", "layer", "GET", "POST", "HEAD", "handler", "Role", "STAFF", "Auth",
            "async", "fn", "pub", "struct", "enum", "Token", "self", "true", "rules", "_",
        ];
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
                0..=3 => TokenTree::Ident(Ident::new(self.pick(WORDS), Span::call_site())),
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
    let guarded = text.contains("__private :: Guard <") && text.contains("HasRule for");
    assert!(is_error(&text) || guarded, "{input}\nbecame\n{text}");
    is_error(&text)
}

#[test]
fn arguments_of_the_attributes() {
    let mut random = Random(1);
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
        let output = rule::expand(arguments.clone()).to_string();
        assert!(is_error(&output) || !output.is_empty(), "{arguments}");
    }
    // Both sides were met.
    assert!(good_ones > 50 && good_ones < RUNS / 2, "{good_ones}");
}

#[test]
fn items_under_the_attributes() {
    let mut random = Random(2);
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
    let mut random = Random(3);
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
