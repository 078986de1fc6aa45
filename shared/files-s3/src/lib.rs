//! The port [`files::Files`] on S3: presigned requests, each key in the bucket that is its own.

mod tags;

pub use tags::{GUARDDUTY_TAG, TagScanner};

use aws::Patience;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_s3::error::{DisplayErrorContext, SdkError};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::upload::{Attachment, MediaType, Upload, sha256};
use files::{ADDRESS_HOLDS_S, Buckets, Files, Kind, Place, Shelf, Unavailable, attachment, clean_key, quarantine_key};
use std::time::{Duration, SystemTime};
use store::Settings;

/// Files in buckets.
#[derive(Clone, Debug)]
pub struct S3Files {
    client: Client,
    buckets: Buckets,
}

impl S3Files {
    /// The buckets of these names, reached by these settings.
    #[must_use]
    pub fn open(settings: &Settings, buckets: Buckets) -> Self {
        Self::new(connect(settings), buckets)
    }

    /// The buckets of these names, reached by this client.
    #[must_use]
    pub fn new(client: Client, buckets: Buckets) -> Self {
        Self { client, buckets }
    }

    /// As [`Files::place`], as it would have been answered at another time: to try an address that no longer holds.
    ///
    /// # Errors
    /// As [`Files::place`]'s.
    pub async fn place_at(&self, upload: &Upload, time: SystemTime) -> Result<Place, Unavailable> {
        let presigning = PresigningConfig::builder().start_time(time).expires_in(Duration::from_secs(ADDRESS_HOLDS_S)).build();
        self.put(upload, presigning.map_err(|error| Unavailable(error.to_string()))?).await
    }

    /// An object, if it is there: no more of it than this and what came in one piece.
    async fn object(&self, key: &str, longest: usize) -> Result<Option<Vec<u8>>, Unavailable> {
        let found = match self.client.get_object().bucket(self.buckets.of(key)).key(key).send().await {
            Ok(found) => found,
            Err(error) if error.as_service_error().is_some_and(aws_sdk_s3::operation::get_object::GetObjectError::is_no_such_key) => {
                return Ok(None);
            }
            Err(error) => return Err(cause(error)),
        };
        let (mut body, mut bytes) = (found.body, Vec::new());
        while let Some(part) = body.next().await {
            bytes.extend_from_slice(&part.map_err(cause)?);
            if bytes.len() > longest {
                break;
            }
        }
        Ok(Some(bytes))
    }

    async fn put(&self, upload: &Upload, presigning: PresigningConfig) -> Result<Place, Unavailable> {
        let length = i64::try_from(upload.length).map_err(|_| Unavailable("a length beyond all files".to_owned()))?;
        let put = self.client.put_object().bucket(&self.buckets.quarantine).key(quarantine_key(upload));
        let put = put.content_length(length).content_type(upload.media_type.as_str());
        let put = put.checksum_sha256(base64_of_hex(&upload.sha256)).if_none_match("*");
        let signed = put.presigned(presigning).await.map_err(cause)?;
        let headers = signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Place { url: signed.uri().to_owned(), headers })
    }
}

/// A client over TLS. Checksums are ours to ask for.
#[must_use]
pub fn connect(settings: &Settings) -> Client {
    let config = aws_sdk_s3::config::Builder::from(&aws::config(settings, Patience::of(settings, 4)))
        .force_path_style(settings.endpoint_url.is_some())
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    Client::from_conf(config.build())
}

fn for_minutes() -> Result<PresigningConfig, Unavailable> {
    PresigningConfig::expires_in(Duration::from_secs(ADDRESS_HOLDS_S)).map_err(|error| Unavailable(error.to_string()))
}

/// What went wrong, with its cause.
fn cause(error: impl std::error::Error) -> Unavailable {
    Unavailable(DisplayErrorContext(error).to_string())
}

impl Files for S3Files {
    async fn place(&self, upload: &Upload) -> Result<Place, Unavailable> {
        self.put(upload, for_minutes()?).await
    }

    async fn quarantined(&self, upload: &Upload) -> Result<Option<Vec<u8>>, Unavailable> {
        // More than was promised is refused whatever it is.
        self.object(&quarantine_key(upload), usize::try_from(upload.length).unwrap_or(usize::MAX)).await
    }

    async fn keep(&self, sha256: &str, media_type: MediaType, bytes: Vec<u8>) -> Result<(), Unavailable> {
        let put = self.client.put_object().bucket(&self.buckets.files).key(clean_key(sha256)).content_type(media_type.as_str());
        let put = put.checksum_sha256(base64_of_hex(sha256)).if_none_match("*").body(ByteStream::from(bytes));
        // What lies there already is the same content, as the key says.
        written_once(put.send().await).map(drop)
    }

    async fn address(&self, file: &Attachment) -> Result<String, Unavailable> {
        let get = self.client.get_object().bucket(&self.buckets.files).key(clean_key(&file.sha256));
        let get = get.response_content_disposition(attachment(file.file_name.as_str(), file.media_type.ending()));
        let get = get.response_content_type(file.media_type.as_str()).response_cache_control("private, no-store");
        Ok(get.presigned(for_minutes()?).await.map_err(cause)?.uri().to_owned())
    }
}

impl Shelf for S3Files {
    async fn lay(&self, key: &str, media_type: &'static str, bytes: Vec<u8>) -> Result<(), Unavailable> {
        let put = self.client.put_object().bucket(self.buckets.of(key)).key(key).content_type(media_type);
        put.body(ByteStream::from(bytes)).send().await.map(|_| ()).map_err(cause)
    }

    async fn lay_once(&self, key: &str, kind: Kind, bytes: Vec<u8>) -> Result<bool, Unavailable> {
        // A bucket that locks its objects takes none without a checksum.
        let checksum = base64_of_hex(&sha256(&bytes));
        let put = self.client.put_object().bucket(self.buckets.of(key)).key(key).content_type(kind.media_type).if_none_match("*");
        written_once(put.checksum_sha256(checksum).body(ByteStream::from(bytes)).send().await)
    }

    async fn take(&self, key: &str, longest: usize) -> Result<Option<Vec<u8>>, Unavailable> {
        self.object(key, longest).await
    }

    async fn link(&self, key: &str, file_name: &str, kind: Kind) -> Result<String, Unavailable> {
        let get = self.client.get_object().bucket(self.buckets.of(key)).key(key);
        let get = get.response_content_disposition(attachment(file_name, kind.ending));
        let get = get.response_content_type(kind.media_type).response_cache_control("private, no-store");
        Ok(get.presigned(for_minutes()?).await.map_err(cause)?.uri().to_owned())
    }

    async fn clear(&self, key: &str) -> Result<(), Unavailable> {
        self.client.delete_object().bucket(self.buckets.of(key)).key(key).send().await.map(|_| ()).map_err(cause)
    }
}

/// Whether an object was written that may only be written where nothing lies.
fn written_once<O, E: std::error::Error + 'static>(answer: Result<O, SdkError<E, HttpResponse>>) -> Result<bool, Unavailable> {
    match answer {
        Ok(_) => Ok(true),
        Err(error) if error.raw_response().is_some_and(|response| response.status().as_u16() == 412) => Ok(false),
        Err(error) => Err(cause(error)),
    }
}

/// S3 says checksums in base64, everything else says them in hex.
fn base64_of_hex(hex: &str) -> String {
    let digits: Vec<u8> = hex.chars().filter_map(|digit| digit.to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    let bytes: Vec<u8> = digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    STANDARD.encode(bytes)
}
