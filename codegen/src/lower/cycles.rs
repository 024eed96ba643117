//! Takes definitions and boxes what would make one contain itself; it must never touch a list or a map, which are on the heap already.

use crate::model::{Type, TypeDef, TypeKind};

/// Boxes every field and variant through which a definition contains itself: those that stay within a group of
/// definitions each of which leads to all others.
pub(crate) fn box_them(types: &mut [TypeDef]) {
    let groups = groups(types);
    for (index, definition) in types.iter_mut().enumerate() {
        let own = groups.get(index).copied();
        let stays = |ty: &Type| match ty {
            Type::Named(id) => own == groups.get(id.0).copied(),
            _ => false,
        };
        for ty in in_place_mut(&mut definition.kind).filter(|ty| stays(ty)) {
            *ty = Type::Boxed(Box::new(ty.clone()));
        }
    }
}

fn in_place_mut(kind: &mut TypeKind) -> impl Iterator<Item = &mut Type> {
    let (fields, variants) = match kind {
        TypeKind::Struct(structure) => (Some(&mut structure.fields), None),
        TypeKind::OneOf(choice) => (None, Some(&mut choice.variants)),
        _ => (None, None),
    };
    let fields = fields.into_iter().flatten().map(|field| &mut field.ty);
    fields.chain(variants.into_iter().flatten().map(|one| &mut one.ty))
}

/// What a definition keeps in place.
fn in_place(kind: &TypeKind) -> Vec<usize> {
    let held = |ty: &Type| match ty {
        Type::Named(id) => Some(id.0),
        _ => None,
    };
    match kind {
        TypeKind::Struct(structure) => structure
            .fields
            .iter()
            .filter_map(|f| held(&f.ty))
            .collect(),
        TypeKind::OneOf(choice) => choice.variants.iter().filter_map(|v| held(&v.ty)).collect(),
        _ => Vec::new(),
    }
}

/// A definition on the way of the search, and which of its edges comes next.
struct Step {
    at: usize,
    edge: usize,
}

/// The group of each definition, by Tarjan's algorithm with a stack of its own: types may be nested deeply. Within a
/// group, every definition leads to every other, so that an edge that stays in one is an edge of a circle.
fn groups(types: &[TypeDef]) -> Vec<usize> {
    let edges: Vec<Vec<usize>> = types.iter().map(|one| in_place(&one.kind)).collect();
    let mut search = Search {
        nodes: vec![Node::default(); types.len()],
        open: Vec::new(),
        count: 0,
    };
    for index in 0..types.len() {
        search.visit(&edges, index);
    }
    search.nodes.iter().map(|node| node.group).collect()
}

#[derive(Clone, Default)]
struct Node {
    /// When it was found, counted from 1.
    found: usize,
    /// The earliest that it leads back to.
    low: usize,
    is_open: bool,
    group: usize,
}

struct Search {
    nodes: Vec<Node>,
    open: Vec<usize>,
    count: usize,
}

impl Search {
    fn visit(&mut self, edges: &[Vec<usize>], root: usize) {
        let mut way = Vec::new();
        self.enter(root, &mut way);
        while let Some(step) = way.last_mut() {
            let at = step.at;
            let next = edges
                .get(at)
                .and_then(|edges| edges.get(step.edge))
                .copied();
            step.edge += 1;
            let Some(next) = next else {
                way.pop();
                self.close(at);
                let low = self.nodes.get(at).map(|node| node.low);
                if let Some(before) = way.last() {
                    self.lower(before.at, low);
                }
                continue;
            };
            if self.nodes.get(next).is_some_and(|node| node.found == 0) {
                self.enter(next, &mut way);
            } else {
                let back = self.nodes.get(next).filter(|node| node.is_open);
                self.lower(at, back.map(|node| node.found));
            }
        }
    }

    fn enter(&mut self, at: usize, way: &mut Vec<Step>) {
        let Some(node) = self.nodes.get_mut(at).filter(|node| node.found == 0) else {
            return;
        };
        self.count += 1;
        (node.found, node.low, node.is_open) = (self.count, self.count, true);
        self.open.push(at);
        way.push(Step { at, edge: 0 });
    }

    fn lower(&mut self, at: usize, low: Option<usize>) {
        if let (Some(node), Some(low)) = (self.nodes.get_mut(at), low) {
            node.low = node.low.min(low);
        }
    }

    /// Ends a group where its first definition is left.
    fn close(&mut self, at: usize) {
        if self.nodes.get(at).is_none_or(|node| node.low != node.found) {
            return;
        }
        while let Some(member) = self.open.pop() {
            if let Some(node) = self.nodes.get_mut(member) {
                (node.is_open, node.group) = (false, at);
            }
            if member == at {
                break;
            }
        }
    }
}
