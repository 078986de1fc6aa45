// What accept-invitation asks of AWS, in Node: a token verified by the issuer's keys, three strong reads in two requests, one
// transaction. The runtime's loop is ours and small, which favours Node: Lambda's own does more.
import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { AWS_LAMBDA_RUNTIME_API, TABLE_NAME, TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_JWKS_URL } = process.env;
const client = new DynamoDBClient({});
const keys = createRemoteJWKSet(new URL(TOKEN_JWKS_URL));
const runtime = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

const read = (Key) => client.send(new GetItemCommand({ TableName: TABLE_NAME, Key, ConsistentRead: true }));
const readAll = (Keys) => client.send(new BatchGetItemCommand({ RequestItems: { [TABLE_NAME]: { Keys, ConsistentRead: true } } }));

async function accept(event) {
  const token = event.headers.authorization.split(" ")[1];
  await jwtVerify(token, keys, { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE });
  const { reads, writes } = JSON.parse(event.body);
  await read(reads[0]);
  await readAll(reads.slice(1));
  const TransactItems = writes.map((Item) => ({
    Put: { TableName: TABLE_NAME, Item, ConditionExpression: "attribute_not_exists(pk)" },
  }));
  await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: event.requestContext.requestId.slice(-36) }));
  return { statusCode: 201, headers: { "content-type": "application/json" }, body: JSON.stringify({ version: 1 }) };
}

async function serve() {
  for (;;) {
    const next = await fetch(`${runtime}/invocation/next`);
    const id = next.headers.get("lambda-runtime-aws-request-id");
    const event = await next.json();
    try {
      await fetch(`${runtime}/invocation/${id}/response`, { method: "POST", body: JSON.stringify(await accept(event)) });
    } catch (error) {
      await fetch(`${runtime}/invocation/${id}/error`, { method: "POST", body: JSON.stringify({ errorMessage: String(error) }) });
    }
  }
}

serve();
