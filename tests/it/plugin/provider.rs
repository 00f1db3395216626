//! A small provider that does what it is told, and misbehaves on demand: by how it was started, or by the argument `behave` of
//! its objects.

use super::described;
use prost::{Message, bytes::Bytes};
use rforge::{
    plugin::{
        Protocol, dynamic,
        message::{
            ApplyResourceChangeRequest, ApplyResourceChangeResponse, AttributePath, CallFunctionRequest,
            CallFunctionResponse, ConfigRequest, ConfigureRequest, Deferred, Diagnostic, DiagnosticsResponse,
            DynamicValue, EphemeralRequest, FunctionError, GetFunctionsResponse, GetMetadataResponse,
            ImportResourceStateRequest, ImportResourceStateResponse, ImportedResource, MoveResourceStateRequest,
            MoveResourceStateResponse, Named, OpenEphemeralResourceRequest, OpenEphemeralResourceResponse,
            PlanResourceChangeRequest, PlanResourceChangeResponse, PrepareProviderConfigResponse,
            ReadDataSourceRequest, ReadDataSourceResponse, ReadResourceRequest, ReadResourceResponse,
            RenewEphemeralResourceResponse, ResourceIdentityData, StopResponse, Timestamp,
            UpgradeResourceIdentityRequest, UpgradeResourceIdentityResponse, UpgradeResourceStateRequest,
            UpgradeResourceStateResponse, ValidateRequest,
        },
        path,
        schema::{self, Schemas},
    },
    value::{Path, Type, Value},
};
use std::{collections::BTreeMap, sync::Mutex, time::Duration};
use tonic::{Code, Status};

/// More than gRPC takes if it is not told to.
pub(super) const LARGE: usize = 20 << 20;

/// What comes of a call.
pub(super) enum Says {
    Answer(Vec<u8>),
    Status(Status),
    /// Nothing: the process ends.
    End,
}

pub(super) struct Provider {
    is_5: bool,
    behaviour: String,
    schemas: Schemas,
    /// What it was configured with.
    prefix: Mutex<String>,
    stopped: tokio::sync::watch::Sender<bool>,
}

impl Provider {
    pub(super) fn new(is_5: bool, behaviour: &str) -> Self {
        let protocol = if is_5 { Protocol::V5 } else { Protocol::V6 };
        let told = schema::decode(protocol, &described::schemas(is_5, "")).unwrap();
        let prefix = Mutex::new(String::new());
        let (is_stopped, behaviour) = (tokio::sync::watch::channel(false).0, behaviour.to_owned());
        Self { is_5, behaviour, schemas: told.value, prefix, stopped: is_stopped }
    }

    pub(super) async fn answer(&self, path: &str, request: Bytes) -> Says {
        let service = if self.is_5 { "/tfplugin5.Provider/" } else { "/tfplugin6.Provider/" };
        let Some(call) = path.strip_prefix(service) else {
            return if path == "/plugin.GRPCController/Shutdown" && self.behaviour != "stays" {
                super::serve::note("ended");
                Says::End
            } else {
                Says::Status(Status::new(Code::Unimplemented, path))
            };
        };
        // What has another name in one of the versions goes by that of version 6 from here on.
        let call = match (self.is_5, call) {
            (true, "GetSchema") => "GetProviderSchema",
            (true, "PrepareProviderConfig") => "ValidateProviderConfig",
            (true, "ValidateResourceTypeConfig") => "ValidateResourceConfig",
            (true, "ValidateDataSourceConfig") => "ValidateDataResourceConfig",
            (true, "Configure") => "ConfigureProvider",
            (true, "Stop") => "StopProvider",
            (true, "GetProviderSchema" | "ConfigureProvider" | "StopProvider" | "ValidateProviderConfig") => "",
            (_, call) => call,
        };
        let told = self.told(call, &request);
        if call != "GetResourceIdentitySchemas" {
            super::serve::note(&told);
        }
        let (does, at) = self.behaviour.split_once(' ').unwrap_or_default();
        let does = if !at.is_empty() && told.starts_with(at) { does } else { "" };
        match does {
            "crash" => super::serve::crash(),
            "hang" => {
                super::serve::note(&format!("hanging {}", std::process::id()));
                let mut stopped = self.stopped.subscribe();
                drop(tokio::time::timeout(Duration::from_secs(60), stopped.wait_for(|it| *it)).await);
            }
            "status" => return Says::Status(Status::new(Code::Unavailable, "out of order")),
            "rubbish" => return Says::Answer(b"\xff\xff\xff".to_vec()),
            _ => {}
        }
        let answer = self.answer_to(call, request).await;
        match (does, answer) {
            ("fail", Says::Answer(bytes)) => Says::Answer(with_problem(call, bytes, 1)),
            ("warn", Says::Answer(bytes)) => Says::Answer(with_problem(call, bytes, 2)),
            (_, answer) => answer,
        }
    }

    /// Whether it does nothing but what a run has it do: it says nothing of itself, and nothing changes behind anybody's back.
    fn is_quiet(&self) -> bool {
        !self.behaviour.is_empty()
    }

    /// A call as the log has it: changes with what they are.
    fn told(&self, call: &str, request: &Bytes) -> String {
        let (prior, after) = match call {
            "PlanResourceChange" => {
                let it: PlanResourceChangeRequest = read(request.clone());
                (self.thing_of(it.prior_state.as_ref()), self.thing_of(it.proposed_new_state.as_ref()))
            }
            "ApplyResourceChange" => {
                let it: ApplyResourceChangeRequest = read(request.clone());
                (self.thing_of(it.prior_state.as_ref()), self.thing_of(it.planned_state.as_ref()))
            }
            _ => return call.to_owned(),
        };
        let (action, object) = match (prior.is_null(), after.is_null()) {
            (true, _) => ("create", after),
            (_, true) => ("delete", prior),
            _ => ("update", after),
        };
        format!("{call} {action} {}", text(&object, "name"))
    }

    async fn answer_to(&self, call: &str, request: Bytes) -> Says {
        match call {
            "GetProviderSchema" => Says::Answer(described::schemas(self.is_5, &self.behaviour)),
            "GetMetadata" if self.behaviour == "old" => {
                Says::Status(Status::new(Code::Unimplemented, "unknown method"))
            }
            "GetMetadata" => says(GetMetadataResponse {
                server_capabilities: described::capabilities(),
                resources: vec![Named { name: "test_thing".into() }],
                data_sources: vec![Named { name: "test_data".into() }],
                functions: vec![Named { name: "shout".into() }],
                ephemeral_resources: vec![Named { name: "test_token".into() }],
                ..GetMetadataResponse::default()
            }),
            "GetResourceIdentitySchemas" if self.behaviour == "old" => {
                Says::Status(Status::new(Code::Unimplemented, "unknown method"))
            }
            "GetResourceIdentitySchemas" => says(described::identities(self.is_quiet())),
            "GetFunctions" => {
                says(GetFunctionsResponse { functions: described::functions(), ..GetFunctionsResponse::default() })
            }
            "ValidateProviderConfig" => self.prepare(read(request)),
            "ValidateResourceConfig" | "ValidateDataResourceConfig" | "ValidateEphemeralResourceConfig" => {
                if self.is_quiet() { said(Vec::new()) } else { validate(call, &read(request)) }
            }
            "ConfigureProvider" => self.configure(&read(request)),
            "UpgradeResourceState" => self.upgrade(&read(request)),
            "UpgradeResourceIdentity" => {
                let request: UpgradeResourceIdentityRequest = read(request);
                let json = request.raw_identity.unwrap_or_default().json;
                // Version 0 had another name for the id.
                let json = String::from_utf8(json).unwrap().replace("\"key\"", "\"id\"").into_bytes();
                let identity = Some(DynamicValue { msgpack: Vec::new(), json });
                let upgraded_identity = Some(ResourceIdentityData { identity_data: identity });
                says(UpgradeResourceIdentityResponse { upgraded_identity, diagnostics: Vec::new() })
            }
            "ReadResource" => self.read(read(request)),
            "PlanResourceChange" => self.plan(read(request)),
            "ApplyResourceChange" => self.apply(read(request)).await,
            "ImportResourceState" => self.import(&read(request)),
            "MoveResourceState" => self.take_over(&read(request)),
            "ReadDataSource" => self.data(&read(request)),
            "OpenEphemeralResource" => self.open(&read(request)),
            "RenewEphemeralResource" => says(RenewEphemeralResourceResponse {
                private: read::<EphemeralRequest>(request).private.map(|it| [it, b"+".to_vec()].concat()),
                ..RenewEphemeralResourceResponse::default()
            }),
            "CloseEphemeralResource" => {
                let request: EphemeralRequest = read(request);
                let known = request.private.is_some_and(|it| it.starts_with(b"lease"));
                said(if known { Vec::new() } else { vec![diagnostic(1, "Unknown lease", "It was never opened.")] })
            }
            "CallFunction" => call_function(&read(request)),
            "StopProvider" => {
                self.stopped.send_replace(true);
                says(StopResponse::default())
            }
            _ => Says::Status(Status::new(Code::Unimplemented, format!("unknown method {call}"))),
        }
    }

    fn schema(&self) -> &rforge::schema::Schema {
        self.schemas.resources.get("test_thing").unwrap().unwrap()
    }

    fn thing(&self) -> Type {
        self.schema().block.implied_type().without_optional()
    }

    fn thing_of(&self, value: Option<&DynamicValue>) -> Value {
        dynamic::from_message(value, &self.thing()).unwrap()
    }

    fn prepare(&self, request: ConfigRequest) -> Says {
        let ty = self.schemas.provider.block.implied_type();
        let config = dynamic::from_message(request.config.as_ref(), &ty).unwrap();
        let prepared = with(
            &config,
            "prefix",
            config.get("prefix").filter(|it| !it.is_null()).cloned().unwrap_or(Value::string("default")),
        );
        let prepared_config = self.is_5.then(|| sent(&prepared, &ty));
        says(PrepareProviderConfigResponse { prepared_config, diagnostics: Vec::new() })
    }

    fn configure(&self, request: &ConfigureRequest) -> Says {
        let ty = self.schemas.provider.block.implied_type();
        let config = dynamic::from_message(request.config.as_ref(), &ty).unwrap();
        let prefix = config.get("prefix").and_then(Value::as_str).unwrap_or_default();
        if prefix == "wrong" {
            return said(vec![Diagnostic {
                attribute: path::to_message(&Path::attribute("prefix")),
                ..diagnostic(1, "Wrong prefix", "It is wrong.")
            }]);
        }
        // Version 5 is told what is prepared, version 6 prepares it by itself.
        let prefix = match config.get("prefix") {
            Some(it) if !it.is_known() => "unknown",
            Some(it) if it.is_null() && self.is_quiet() => "default",
            _ => prefix,
        };
        if self.is_quiet() {
            super::serve::note(&format!("configured {prefix}"));
        }
        *self.prefix.lock().unwrap() =
            if self.is_quiet() { prefix.to_owned() } else { format!("{prefix}/{}", request.terraform_version) };
        said(Vec::new())
    }

    fn upgrade(&self, request: &UpgradeResourceStateRequest) -> Says {
        let raw = request.raw_state.clone().unwrap_or_default();
        let json: serde_json::Value = match raw.flatmap.get("name") {
            Some(name) => serde_json::json!({ "name": name }),
            None => serde_json::from_slice(&raw.json).unwrap(),
        };
        if self.is_quiet() && request.version == 1 {
            let same = DynamicValue { msgpack: Vec::new(), json: raw.json };
            let state = self.thing_of(Some(&same));
            let diagnostics = Vec::new();
            return says(UpgradeResourceStateResponse {
                upgraded_state: Some(sent(&state, &self.thing())),
                diagnostics,
            });
        }
        // Version 0 had another name for the name.
        let name = json.get("name").or(json.get("title")).and_then(|it| it.as_str()).unwrap();
        let state = with(&self.schema().block.unset(), "name", Value::string(name));
        let diagnostics = vec![diagnostic(2, "Upgraded", &format!("From {}.", request.version))];
        says(UpgradeResourceStateResponse { upgraded_state: Some(sent(&state, &self.thing())), diagnostics })
    }

    /// Writes down what comes beside the values of a call.
    fn note_beside(&self, call: &str, meta: Option<&DynamicValue>, identity: Option<&ResourceIdentityData>) {
        if !self.is_quiet() {
            return;
        }
        let ty = self.schemas.provider_meta.as_ref().map(|it| it.block.implied_type());
        let meta = ty.and_then(|ty| dynamic::from_message(meta, &ty).ok()).filter(|it| !it.is_null());
        if let Some(meta) = meta {
            super::serve::note(&format!("meta {} {call}", text(&meta, "module")));
        }
        if let Some(data) = identity.and_then(|it| it.identity_data.as_ref()) {
            let id = text(&dynamic::from_message(Some(data), &identity_type()).unwrap(), "id");
            super::serve::note(&format!("identified {id} {call}"));
        }
    }

    fn read(&self, request: ReadResourceRequest) -> Says {
        self.note_beside("ReadResource", request.provider_meta.as_ref(), request.current_identity.as_ref());
        let state = self.thing_of(request.current_state.as_ref());
        let id = text(&state, "id");
        let state = match text(&state, "behave").as_str() {
            "gone" => Value::null(self.thing()),
            "unknown when read" => with(&state, "size", Value::unknown(Type::Number)),
            "write-only when read" => with(&state, "secret", Value::string("read")),
            _ if self.is_quiet() => state,
            _ => with(&state, "size", Value::number(7)),
        };
        says(ReadResourceResponse {
            new_state: Some(sent(&state, &self.thing())),
            private: request.private,
            new_identity: Some(if text(&state, "behave") == "unknown identity" {
                unknown_identity()
            } else {
                identity(&id)
            }),
            ..ReadResourceResponse::default()
        })
    }

    fn plan(&self, request: PlanResourceChangeRequest) -> Says {
        let (prior, proposed) =
            (self.thing_of(request.prior_state.as_ref()), self.thing_of(request.proposed_new_state.as_ref()));
        self.note_beside("PlanResourceChange", request.provider_meta.as_ref(), request.prior_identity.as_ref());
        if proposed.is_null() {
            let is_left = text(&prior, "behave") == "stays when planned";
            return says(PlanResourceChangeResponse {
                planned_state: if is_left { request.prior_state } else { request.proposed_new_state },
                planned_private: match self.is_quiet() {
                    true => [request.prior_private, b"+deleting".to_vec()].concat(),
                    false => b"planned".to_vec(),
                },
                ..PlanResourceChangeResponse::default()
            });
        }
        let behave = text(&proposed, "behave");
        // It is proposed what is write-only, too.
        let mut planned = with(&proposed, "secret", Value::null(Type::String));
        for (name, ty) in [("id", Type::String), ("size", Type::Number)] {
            if planned.get(name).is_some_and(Value::is_null) {
                planned = with(&planned, name, Value::unknown_not_null(ty));
            }
        }
        let changed = !prior.is_null() && prior.get("name") != proposed.get("name");
        let (mut deferred, mut bytes) = (None, None);
        match behave.as_str() {
            "inconsistent plan" => planned = with(&planned, "name", Value::string("another")),
            "garbage" => bytes = Some(b"\xc1\xff\xff".to_vec()),
            "wrong type" => bytes = Some(b"\xa1x".to_vec()),
            "deferred" => deferred = Some(Deferred { reason: 2 }),
            // What it plans depends on how much it knows.
            "inconsistent final plan" => {
                let is_known = planned.get("any").is_some_and(Value::is_known);
                planned = with(&planned, "size", Value::number(if is_known { 2 } else { 1 }));
            }
            "write-only when planned" => planned = with(&planned, "secret", Value::string("planned")),
            _ => {}
        }
        let mut state = sent(&planned, &self.thing());
        if let Some(msgpack) = bytes {
            state.msgpack = msgpack;
        }
        says(PlanResourceChangeResponse {
            planned_state: Some(state),
            requires_replace: changed
                .then(|| path::to_message(&Path::attribute("name")).unwrap())
                .into_iter()
                .collect(),
            planned_private: [request.prior_private, b"planned".to_vec()].concat(),
            diagnostics: Vec::new(),
            legacy_type_system: behave == "legacy",
            deferred,
            planned_identity: request.prior_identity,
        })
    }

    async fn apply(&self, request: ApplyResourceChangeRequest) -> Says {
        let planned = self.thing_of(request.planned_state.as_ref());
        let config = self.thing_of(request.config.as_ref());
        let prior = self.thing_of(request.prior_state.as_ref());
        self.note_beside("ApplyResourceChange", request.provider_meta.as_ref(), request.planned_identity.as_ref());
        if self.is_quiet() {
            super::serve::note(&format!("given {}", String::from_utf8_lossy(&request.planned_private)));
        }
        if planned.is_null() {
            let is_left = text(&prior, "behave") == "stays";
            let new_state = if is_left { request.prior_state } else { request.planned_state };
            return says(ApplyResourceChangeResponse { new_state, ..ApplyResourceChangeResponse::default() });
        }
        let (name, behave) = (text(&planned, "name"), text(&planned, "behave"));
        let prefix = self.prefix.lock().unwrap().clone();
        // What is write-only comes with the configuration alone.
        let id = format!("{prefix}:{name}:{}", text(&config, "secret"));
        let mut state = with(&planned, "id", Value::string(&id));
        if !state.get("size").is_some_and(Value::is_known) {
            state = with(&state, "size", Value::number(3));
        }
        let mut diagnostics = Vec::new();
        match behave.as_str() {
            "unknown after apply" => state = with(&state, "size", Value::unknown(Type::Number)),
            "inconsistent result" => state = with(&state, "name", Value::string("another")),
            "partial" => {
                state = with(&state, "size", Value::null(Type::Number));
                let at = path::to_message(&Path::attribute("size"));
                diagnostics.push(Diagnostic { attribute: at, ..diagnostic(1, "Half done", "The size is missing.") });
            }
            "refuse" => {
                return Says::Status(Status::new(Code::Unknown, "no such luck"));
            }
            "nothing" => state = Value::null(self.thing()),
            status if status.starts_with("status ") => {
                let code = Code::from_i32(status["status ".len()..].parse().unwrap());
                return Says::Status(Status::new(code, "as asked"));
            }
            "garbage and an error" => diagnostics.push(diagnostic(1, "Half done", "There is more to tell.")),
            "nothing but an error" => {
                diagnostics.push(diagnostic(1, "Not made", "Nothing is there."));
                state = Value::null(self.thing());
            }
            "write-only after apply" => state = with(&state, "secret", Value::string("applied")),
            "takes a while" => tokio::time::sleep(Duration::from_millis(400)).await,
            "slow" => {
                super::serve::note(&format!("hanging {}", std::process::id()));
                let mut stopped = self.stopped.subscribe();
                drop(tokio::time::timeout(Duration::from_secs(60), stopped.wait_for(|it| *it)).await);
                diagnostics.push(diagnostic(1, "Stopped", "It was given up."));
                state = Value::null(self.thing());
            }
            "crash" => super::serve::crash(),
            _ => {}
        }
        let mut new_state = sent(&state, &self.thing());
        match behave.as_str() {
            "garbage after apply" | "garbage and an error" => new_state.msgpack.truncate(9),
            "wrong type after apply" => new_state.msgpack = b"\xa1x".to_vec(),
            _ => {}
        }
        says(ApplyResourceChangeResponse {
            new_state: Some(new_state),
            private: [request.planned_private, b"+applied".to_vec()].concat(),
            diagnostics,
            legacy_type_system: false,
            new_identity: (behave != "no identity").then(|| identity(&id)),
        })
    }

    fn import(&self, request: &ImportResourceStateRequest) -> Says {
        let ty = self.thing();
        let by_identity = request.identity.as_ref().and_then(|it| it.identity_data.as_ref());
        let id = match by_identity {
            Some(data) => text(&dynamic::from_message(Some(data), &identity_type()).unwrap(), "id"),
            None => request.id.clone(),
        };
        // `PREFIX:NAME:SECRET`, as it calls what it makes.
        let name = id.split(':').nth(1).map_or(Value::null(Type::String), Value::string);
        let state = with(&with(&self.schema().block.unset(), "id", Value::string(&id)), "name", name);
        let object = |type_name: &str| ImportedResource {
            type_name: type_name.into(),
            state: Some(sent(&state, &ty)),
            private: b"imported".to_vec(),
            identity: Some(identity(&id)),
        };
        let imported_resources = match &*id {
            "none" => Vec::new(),
            "other" => vec![object("test_other")],
            "two" => vec![object("test_thing"), object("test_thing")],
            "null" => {
                vec![ImportedResource { state: Some(sent(&Value::null(ty.clone()), &ty)), ..object("test_thing") }]
            }
            _ => vec![object("test_thing")],
        };
        says(ImportResourceStateResponse { imported_resources, ..Default::default() })
    }

    fn take_over(&self, request: &MoveResourceStateRequest) -> Says {
        let json: serde_json::Value =
            serde_json::from_slice(&request.source_state.clone().unwrap_or_default().json).unwrap();
        let name = format!(
            "{} of {} {} {}",
            json["name"].as_str().unwrap_or("something"),
            request.source_provider_address,
            request.source_type_name,
            request.source_schema_version
        );
        let state = with(&self.schema().block.unset(), "name", Value::string(name));
        if self.is_quiet() {
            let private = String::from_utf8_lossy(&request.source_private);
            let identity = request.source_identity.as_ref().map_or(String::new(), |it| {
                format!(" {} v{}", String::from_utf8_lossy(&it.json), request.source_identity_schema_version)
            });
            super::serve::note(&format!("moved {private:?}{identity}"));
        }
        says(MoveResourceStateResponse {
            target_state: Some(sent(&state, &self.thing())),
            target_private: match self.is_quiet() {
                true => [request.source_private.clone(), b"+moved".to_vec()].concat(),
                false => request.source_private.clone(),
            },
            target_identity: self.is_quiet().then(|| identity("moved")),
            diagnostics: Vec::new(),
        })
    }

    fn data(&self, request: &ReadDataSourceRequest) -> Says {
        self.note_beside("ReadDataSource", request.provider_meta.as_ref(), None);
        let ty = self.schemas.data.get("test_data").unwrap().unwrap().block.implied_type();
        let config = dynamic::from_message(request.config.as_ref(), &ty).unwrap();
        let upper = match text(&config, "name").as_str() {
            "large" => "X".repeat(LARGE),
            name => name.to_uppercase(),
        };
        let state = match text(&config, "name").as_str() {
            "null" => Value::null(ty.clone()),
            "unknown" => with(&config, "upper", Value::unknown(Type::String)),
            "other name" => with(&config, "name", Value::string("another")),
            _ => with(&config, "upper", Value::string(upper)),
        };
        // Some providers answer in JSON.
        let state = if text(&config, "name") == "json" {
            DynamicValue { msgpack: Vec::new(), json: dynamic::to_json_bytes(&state, &ty).unwrap() }
        } else {
            sent(&state, &ty)
        };
        says(ReadDataSourceResponse { state: Some(state), ..ReadDataSourceResponse::default() })
    }

    fn open(&self, request: &OpenEphemeralResourceRequest) -> Says {
        let ty = self.schemas.ephemeral.get("test_token").unwrap().unwrap().block.implied_type();
        let config = dynamic::from_message(request.config.as_ref(), &ty).unwrap();
        let result = with(&config, "value", Value::string("token"));
        says(OpenEphemeralResourceResponse {
            renew_at: Some(match self.is_quiet() {
                // It is due at once.
                true => Timestamp { seconds: jiff::Timestamp::now().as_second(), nanos: 0 },
                false => Timestamp { seconds: 1_800_000_000, nanos: 5 },
            }),
            result: Some(sent(&result, &ty)),
            private: Some(b"lease".to_vec()),
            ..OpenEphemeralResourceResponse::default()
        })
    }
}

fn validate(call: &str, request: &ValidateRequest) -> Says {
    let allowed = request.client_capabilities.is_some_and(|it| it.write_only_attributes_allowed);
    let text = format!("{call} {} {allowed}", request.type_name);
    said(vec![diagnostic(2, "Validated", &text)])
}

fn call_function(request: &CallFunctionRequest) -> Says {
    let words: Vec<String> = request
        .arguments
        .iter()
        .map(|it| dynamic::from_message(Some(it), &Type::String).unwrap().as_str().unwrap().to_uppercase())
        .collect();
    let failed = words.iter().position(String::is_empty);
    let error = failed.map(|at| FunctionError { text: "nothing to shout".into(), argument: Some(at as i64) });
    let result = error.is_none().then(|| sent(&Value::string(words.join(" ")), &Type::String));
    says(CallFunctionResponse { result, error })
}

/// An answer with one more thing that the provider says. Fields that may be there several times can stand anywhere in a message.
fn with_problem(call: &str, mut answer: Vec<u8>, severity: i32) -> Vec<u8> {
    let field: u8 = match call {
        "GetProviderSchema" | "PlanResourceChange" => 4,
        "ApplyResourceChange" => 3,
        "ConfigureProvider"
        | "ValidateResourceConfig"
        | "ValidateDataResourceConfig"
        | "ValidateEphemeralResourceConfig"
        | "OpenEphemeralResource"
        | "RenewEphemeralResource"
        | "CloseEphemeralResource" => 1,
        _ => 2,
    };
    let summary = if severity == 1 { "Told to fail" } else { "Told to warn" };
    let problem = diagnostic(severity, summary, &format!("At {call}.")).encode_length_delimited_to_vec();
    answer.push(field << 3 | 2);
    answer.extend(problem);
    answer
}

fn read<M: Message + Default>(bytes: Bytes) -> M {
    M::decode(bytes).unwrap()
}

fn says(answer: impl Message) -> Says {
    Says::Answer(answer.encode_to_vec())
}

fn said(diagnostics: Vec<Diagnostic>) -> Says {
    says(DiagnosticsResponse { diagnostics })
}

pub(super) fn diagnostic(severity: i32, summary: &str, detail: &str) -> Diagnostic {
    Diagnostic { severity, summary: summary.into(), detail: detail.into(), attribute: None::<AttributePath> }
}

fn sent(value: &Value, ty: &Type) -> DynamicValue {
    dynamic::to_message(value, ty).unwrap()
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut entries: BTreeMap<_, _> = object.as_entries().unwrap().clone();
    assert!(entries.insert(name.into(), value).is_some(), "{name}");
    Value::object(entries)
}

fn text(object: &Value, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn identity_type() -> Type {
    Type::object([("id", Type::String)])
}

fn identity(id: &str) -> ResourceIdentityData {
    let value = Value::object([("id".into(), Value::string(id))].into());
    ResourceIdentityData { identity_data: Some(sent(&value, &identity_type())) }
}

fn unknown_identity() -> ResourceIdentityData {
    let value = Value::object([("id".into(), Value::unknown(Type::String))].into());
    ResourceIdentityData { identity_data: Some(sent(&value, &identity_type())) }
}
