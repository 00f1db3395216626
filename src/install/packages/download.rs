//! Packages are large and connections break: what has come of one is kept, and the rest is asked for.

use super::registry;
use crate::web::{Answer, Client, Url};
use std::{
    fs::File,
    io::{Read, Seek, Write},
    path::Path,
};

/// Is told how many bytes have come, of how many, if the server says so.
pub(super) type Received<'a> = &'a mut dyn FnMut(u64, Option<u64>);

/// How often in a row a connection may break without anything having come.
const PATIENCE: u32 = 2;

/// Writes what is at a URL into a file. What it is, its checksum has to tell.
pub(super) fn download(url: &str, path: &Path, received: Received<'_>) -> Result<(), String> {
    let host = Url::parse(url).host().to_owned();
    let local = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = File::create(path).map_err(local)?;
    let (client, mut version, mut furthest, mut breaks) = (Client::default(), None, 0, 0);
    loop {
        let so_far = file.stream_position().map_err(local)?;
        let answer = registry::ask(&client, url, &rest(so_far, version.as_deref()))?;
        let from = match answer.status {
            206 if starts_at(&answer, so_far) => so_far,
            // What is there may not be continued: there is something else now, or the server cannot.
            206 | 416 if so_far > 0 => {
                restart(&mut file).map_err(local)?;
                breaks += 1;
                match breaks > PATIENCE {
                    true => return Err(format!("{host}: bad response code: {}", answer.status)),
                    false => continue,
                }
            }
            _ if answer.is_success() && answer.status != 206 => {
                restart(&mut file).map_err(local)?;
                0
            }
            status => return Err(format!("{host}: bad response code: {status}")),
        };
        version = answer.header("etag").filter(|it| it.starts_with('"')).map(str::to_owned);
        let length: Option<u64> = answer.header("content-length").and_then(|it| it.parse().ok());
        let all = length.map(|it| it + from);
        let (come, broken) = copy(answer, &mut file, from, &mut |come| received(come, all)).map_err(local)?;
        let why = match (broken, all) {
            (Some(why), _) => why,
            (None, Some(all)) if come != all => format!("expected {all} bytes, and got {come}"),
            (None, _) => return Ok(()),
        };
        breaks = if come > furthest { 0 } else { breaks + 1 };
        furthest = furthest.max(come);
        if breaks >= PATIENCE {
            return Err(format!("{host}: {why}"));
        }
        tracing::warn!("{host}: {why}; trying to go on after {come} bytes");
    }
}

/// The headers that ask for what is not there yet, of the same version of it.
fn rest(so_far: u64, version: Option<&str>) -> Vec<(&'static str, String)> {
    if so_far == 0 {
        return Vec::new();
    }
    let version = version.map(|it| ("If-Range", it.to_owned()));
    [("Range", format!("bytes={so_far}-"))].into_iter().chain(version).collect()
}

fn starts_at(answer: &Answer, so_far: u64) -> bool {
    answer.header("content-range").is_some_and(|it| it.trim().starts_with(&format!("bytes {so_far}-")))
}

fn restart(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()
}

/// Adds what comes to the file; how much there is then, and why no more came. What fails is writing.
fn copy(
    answer: Answer,
    file: &mut File,
    from: u64,
    received: &mut dyn FnMut(u64),
) -> std::io::Result<(u64, Option<String>)> {
    let (mut reader, mut come, mut buffer) = (answer.reader(), from, vec![0; 1 << 16]);
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok((come, None)),
            Ok(count) => {
                file.write_all(&buffer[..count])?;
                come += count as u64;
                received(come);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Ok((come, Some(error.to_string()))),
        }
    }
}
