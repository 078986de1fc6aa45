//! Writes and queries as data, rendered to the SDK's types and back.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use std::collections::HashMap;
use std::fmt::Write as _;
use store::{Attributes, Condition, Cursor, Item, Key, Query, Value, Write};

pub(crate) type Raw = HashMap<String, AttributeValue>;

pub(crate) fn value(value: &Value) -> AttributeValue {
    match value {
        Value::Text(text) => AttributeValue::S(text.clone()),
        Value::Number(number) => AttributeValue::N(number.to_string()),
    }
}

pub(crate) fn key(key: &Key) -> Raw {
    HashMap::from([("pk".to_owned(), AttributeValue::S(key.pk.clone())), ("sk".to_owned(), AttributeValue::S(key.sk.clone()))])
}

/// An item as stored. Attributes of types that we never write are left out.
pub(crate) fn item(raw: &Raw) -> Option<Item> {
    let text = |name: &str| raw.get(name).and_then(|value| value.as_s().ok()).cloned();
    let key = Key { pk: text("pk")?, sk: text("sk")? };
    let attributes = raw.iter().filter(|(name, _)| name.as_str() != "pk" && name.as_str() != "sk");
    let attributes = attributes.filter_map(|(name, raw)| Some((name.clone(), plain_value(raw)?))).collect();
    Some(Item { key, attributes })
}

fn plain_value(raw: &AttributeValue) -> Option<Value> {
    let number = || raw.as_n().ok().and_then(|number| number.parse().ok()).map(Value::Number);
    raw.as_s().ok().cloned().map(Value::Text).or_else(number)
}

/// Names and values of one expression.
#[derive(Default)]
pub(crate) struct Terms {
    names: HashMap<String, String>,
    values: Raw,
}

impl Terms {
    pub(crate) fn name(&mut self, name: &str) -> String {
        let placeholder = format!("#{name}");
        self.names.insert(placeholder.clone(), name.to_owned());
        placeholder
    }

    pub(crate) fn value(&mut self, value: AttributeValue) -> String {
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), value);
        placeholder
    }

    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.clone())
    }

    pub(crate) fn values(&self) -> Option<Raw> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }

    fn conditions(&mut self, when: &[Condition]) -> Option<String> {
        let rendered: Vec<String> = when.iter().map(|condition| self.condition(condition)).collect();
        (!rendered.is_empty()).then(|| rendered.join(" AND "))
    }

    fn condition(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::Absent => format!("attribute_not_exists({})", self.name("pk")),
            Condition::Present => format!("attribute_exists({})", self.name("pk")),
            Condition::Equals(name, equal) => format!("{} = {}", self.name(name), self.value(value(equal))),
            Condition::Missing(name) => format!("attribute_not_exists({})", self.name(name)),
            Condition::MissingOrAtMost(name, most) => {
                let (name, most) = (self.name(name), self.value(AttributeValue::N(most.to_string())));
                format!("(attribute_not_exists({name}) OR {name} <= {most})")
            }
        }
    }

    fn update(&mut self, set: &Attributes, remove: &[&str], add: &[(&str, i64)]) -> String {
        let mut expression = String::new();
        let sets: Vec<String> = set.iter().map(|(name, new)| format!("{} = {}", self.name(name), self.value(value(new)))).collect();
        let removes: Vec<String> = remove.iter().map(|name| self.name(name)).collect();
        let adds: Vec<String> =
            add.iter().map(|(name, n)| format!("{} {}", self.name(name), self.value(AttributeValue::N(n.to_string())))).collect();
        for (verb, parts) in [("SET", sets), ("REMOVE", removes), ("ADD", adds)] {
            if !parts.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(expression, "{verb} {} ", parts.join(", "));
            }
        }
        expression
    }
}

/// One write of a transaction. A failed condition returns the item as it stood, so that one call explains itself.
pub(crate) fn write(table: &str, write: &Write) -> Result<TransactWriteItem, BuildError> {
    let mut terms = Terms::default();
    let condition = terms.conditions(write.when());
    let old = ReturnValuesOnConditionCheckFailure::AllOld;
    let builder = TransactWriteItem::builder();
    Ok(match write {
        Write::Put { item, .. } => {
            let mut raw = key(&item.key);
            raw.extend(item.attributes.iter().map(|(name, attribute)| (name.clone(), value(attribute))));
            let put = Put::builder().table_name(table).set_item(Some(raw)).set_condition_expression(condition);
            builder.put(
                put.set_expression_attribute_names(terms.names())
                    .set_expression_attribute_values(terms.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            )
        }
        Write::Update { key: place, set, remove, add, .. } => {
            let expression = terms.update(set, remove, add);
            let update = Update::builder()
                .table_name(table)
                .set_key(Some(key(place)))
                .update_expression(expression)
                .set_condition_expression(condition);
            builder.update(
                update
                    .set_expression_attribute_names(terms.names())
                    .set_expression_attribute_values(terms.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            )
        }
        Write::Delete { key: place, .. } => {
            let delete = Delete::builder().table_name(table).set_key(Some(key(place))).set_condition_expression(condition);
            builder.delete(
                delete
                    .set_expression_attribute_names(terms.names())
                    .set_expression_attribute_values(terms.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            )
        }
        Write::Check { key: place, .. } => {
            let check = ConditionCheck::builder().table_name(table).set_key(Some(key(place))).set_condition_expression(condition);
            builder.condition_check(
                check
                    .set_expression_attribute_names(terms.names())
                    .set_expression_attribute_values(terms.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            )
        }
    }
    .build())
}

/// The key condition of a query.
pub(crate) fn key_condition(query: &Query, terms: &mut Terms) -> String {
    let (list, order) = query.index.attributes();
    let mut expression = format!("{} = {}", terms.name(list), terms.value(AttributeValue::S(query.partition.clone())));
    let bound = |terms: &mut Terms, text: &str| terms.value(AttributeValue::S(text.to_owned()));
    let more = match (&query.from, &query.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" AND {} >= {}", terms.name(order), bound(terms, from)),
        (None, Some(to)) => format!(" AND {} <= {}", terms.name(order), bound(terms, to)),
        (Some(from), Some(to)) => format!(" AND {} BETWEEN {} AND {}", terms.name(order), bound(terms, from), bound(terms, to)),
    };
    expression.push_str(&more);
    expression
}

/// Where a page continues. The partition is always the query's own, whatever a caller made of the cursor.
pub(crate) fn start_key(query: &Query) -> Option<Raw> {
    let after = query.after.as_ref()?;
    let mut raw = key(&Key { pk: after.pk.clone(), sk: after.sk.clone() });
    // Of the table itself these two are the key: what the cursor says of the partition is overwritten.
    let (list, order) = query.index.attributes();
    raw.insert(list.to_owned(), AttributeValue::S(query.partition.clone()));
    raw.insert(order.to_owned(), AttributeValue::S(after.order.clone()));
    Some(raw)
}

pub(crate) fn cursor(query: &Query, last: &Raw) -> Option<Cursor> {
    let text = |name: &str| last.get(name).and_then(|value| value.as_s().ok()).cloned();
    Some(Cursor { pk: text("pk")?, sk: text("sk")?, order: text(query.index.attributes().1)? })
}
