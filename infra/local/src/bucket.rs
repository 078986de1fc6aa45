//! S3 as an engine in this process: s3s on a folder, made exact where it is not. It answers below the gateway's own address, so that
//! a browser puts and fetches files where it got the page.

use crate::BoxError;
use crate::engine;
use crate::random;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use files::Buckets;
use futures_util::StreamExt as _;
use http::{HeaderValue, Method, StatusCode};
use s3s::auth::SimpleAuth;
use s3s::dto::{DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput, PutObjectInput, PutObjectOutput, StreamingBlob};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3, S3Request, S3Response, S3Result, s3_error};
use std::path::PathBuf;
use std::sync::Arc;
use store::Settings;
use tokio::sync::Mutex;

/// The buckets, each a folder of its name.
pub(crate) fn buckets() -> Buckets {
    let named = |name: &str| format!("{PREFIX}{name}");
    Buckets { quarantine: named("quarantine"), evidence: named("evidence"), files: named("files") }
}

/// What the names of buckets begin with.
pub(crate) const PREFIX: &str = "wangqian-";

/// Whose name stands in the addresses.
const ACCESS_KEY: &str = "local";

/// Longest object that is taken, in bytes: what a school may allow, and room to be refused in.
const MAX_OBJECT: usize = 24 * 1024 * 1024;

/// The buckets of a stack.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    service: S3Service,
    root: PathBuf,
    /// Who signs for it: nobody outside this process knows, so no address is of anybody else's making.
    secret: String,
    /// Removes the folder of a stack in memory when the last of its users goes.
    _passing: Option<Arc<Passing>>,
}

/// A folder that does not outlive its stack.
#[derive(Debug)]
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // What is left behind is in the folder for temporary files: nobody misses it.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

impl Bucket {
    /// The buckets in this folder; in a passing one if none is given.
    pub(crate) fn open(folder: Option<PathBuf>) -> Result<Self, BoxError> {
        let passing = match folder {
            Some(_) => None,
            None => Some(std::env::temp_dir().join(format!("wangqian-{}", random::hex()?))),
        };
        let root = folder.or_else(|| passing.clone()).ok_or("no folder for files")?;
        for bucket in buckets().all() {
            std::fs::create_dir_all(root.join(bucket))?;
        }
        let mut builder = S3ServiceBuilder::new(Exact {
            inner: s3s_fs::FileSystem::new(&root).map_err(|error| format!("{error:?}"))?,
            one: Mutex::new(()),
        });
        let secret = random::hex()?;
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, secret.as_str()));
        Ok(Self { service: builder.build(), root, secret, _passing: passing.map(|folder| Arc::new(Passing(folder))) })
    }

    /// Puts an object there as if it had been put: for the samples.
    pub(crate) fn place(&self, key: &str, bytes: &[u8]) -> std::io::Result<()> {
        let file = self.file(key);
        file.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        if file.exists() { Ok(()) } else { std::fs::write(file, bytes) }
    }

    /// Exchanges an object behind everybody's back, as nobody can who comes by an address.
    pub(crate) fn exchange(&self, key: &str, bytes: &[u8]) -> std::io::Result<()> {
        std::fs::write(self.file(key), bytes)
    }

    fn file(&self, key: &str) -> PathBuf {
        self.root.join(buckets().of(key)).join(key)
    }

    /// Whether a path is in a bucket.
    pub(crate) fn has(path: &str) -> bool {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        buckets().all().contains(&first)
    }

    /// How it is reached below this address, by whoever knows its secret.
    pub(crate) fn settings(&self, url: &str) -> Settings {
        Settings { access_key_id: ACCESS_KEY.to_owned(), secret_access_key: self.secret.clone(), ..engine::settings(url) }
    }

    /// Answers as S3 does, to what the product asks of it: an object is put, fetched or cleared away. What comes out is a download, whatever a page
    /// may think that it is.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        if !matches!(*request.method(), Method::GET | Method::PUT | Method::DELETE) {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        let request = request.map(s3s::Body::http_body_unsync);
        let mut response = match self.service.call(request).await {
            Ok(response) => response.map(Body::new),
            Err(error) => {
                tracing::warn!(?error, "the bucket did not answer");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        };
        response.headers_mut().insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        response.headers_mut().insert("content-security-policy", HeaderValue::from_static("sandbox; default-src 'none'"));
        response
    }
}

/// The engine renames an object before it compares the checksum, tests If-None-Match without a lock, and forgets how an answer is to
/// be called.
#[derive(Debug)]
struct Exact {
    inner: s3s_fs::FileSystem,
    one: Mutex<()>,
}

#[async_trait::async_trait]
impl S3 for Exact {
    async fn put_object(&self, mut request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let mut bytes = Vec::new();
        if let Some(mut body) = request.input.body.take() {
            while let Some(part) = body.next().await {
                let part = part.map_err(|_| s3_error!(IncompleteBody))?;
                if bytes.len() + part.len() > MAX_OBJECT {
                    return Err(s3_error!(EntityTooLarge));
                }
                bytes.extend_from_slice(&part);
            }
        }
        let promised = request.input.checksum_sha256.as_deref();
        if promised.is_some_and(|promised| promised != base64_sha256(&bytes)) {
            return Err(s3_error!(BadDigest, "checksum_sha256 mismatch"));
        }
        request.input.body = Some(StreamingBlob::from(s3s::Body::from(bytes)));
        let _one = self.one.lock().await;
        self.inner.put_object(request).await
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        self.inner.delete_object(request).await
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let asked = request.input.clone();
        let mut answer = self.inner.get_object(request).await?;
        answer.output.content_disposition = asked.response_content_disposition.or(answer.output.content_disposition);
        answer.output.content_type = asked.response_content_type.or(answer.output.content_type);
        answer.output.cache_control = asked.response_cache_control.or(answer.output.cache_control);
        Ok(answer)
    }
}

fn base64_sha256(bytes: &[u8]) -> String {
    use base64::Engine as _;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    base64::engine::general_purpose::STANDARD.encode(digest)
}
