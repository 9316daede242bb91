package alter

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync/atomic"

	"gomodules.xyz/jsonpatch/v2"
	admission "k8s.io/api/admission/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// webhook answers reviews.
type webhook struct {
	review func(*admission.AdmissionRequest) *admission.AdmissionResponse
	acted  atomic.Int64 // how often it changed or refused what it saw
}

func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var review admission.AdmissionReview
	if err := json.NewDecoder(r.Body).Decode(&review); err != nil || review.Request == nil {
		http.Error(w, "no AdmissionReview", http.StatusBadRequest)
		return
	}
	answer := h.review(review.Request)
	if answer.Patch != nil || !answer.Allowed {
		h.acted.Add(1)
	}
	answer.UID = review.Request.UID
	review.Request, review.Response = nil, answer
	_ = json.NewEncoder(w).Encode(review) // the API server has gone: nobody to tell
}

// did says how often the webhook acted.
func (h *webhook) did(how string) string {
	n := h.acted.Load()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("admission %s %d objects", how, n)
}

// refused is an answer that keeps the API server from taking the object.
func refused(code int32, reason metav1.StatusReason, message string) *admission.AdmissionResponse {
	return &admission.AdmissionResponse{Result: &metav1.Status{Code: code, Reason: reason, Message: message}}
}

// mutation answers what the filter makes of an object.
func mutation(filter Filter) func(*admission.AdmissionRequest) *admission.AdmissionResponse {
	return func(r *admission.AdmissionRequest) *admission.AdmissionResponse {
		patch, err := mutate(filter, r.Object.Raw, r.OldObject.Raw)
		if err != nil {
			return refused(http.StatusInternalServerError, metav1.StatusReasonInternalError, err.Error())
		}
		answer := &admission.AdmissionResponse{Allowed: true}
		if len(patch) > 0 {
			kind := admission.PatchTypeJSONPatch
			answer.Patch, answer.PatchType = patch, &kind
		}
		return answer
	}
}

// mutate is the JSON patch that leads from the object to what the filter makes of it; none where they are alike.
func mutate(filter Filter, object, old []byte) ([]byte, error) {
	value, err := filter.ofJSON(object, old)
	if err != nil {
		return nil, err
	}
	made, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	steps, err := jsonpatch.CreatePatch(object, made)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	return json.Marshal(steps)
}

// refusal refuses an object in the words that the filter yields, as policies do: 403, or another code of theirs.
func refusal(filter Filter, code int32) func(*admission.AdmissionRequest) *admission.AdmissionResponse {
	return func(r *admission.AdmissionRequest) *admission.AdmissionResponse {
		value, err := filter.ofJSON(r.Object.Raw, r.OldObject.Raw)
		words, isText := value.(string)
		switch {
		case err != nil:
			return refused(http.StatusInternalServerError, metav1.StatusReasonInternalError, err.Error())
		case value == nil:
			return &admission.AdmissionResponse{Allowed: true}
		case !isText:
			return refused(http.StatusInternalServerError, metav1.StatusReasonInternalError, fmt.Sprintf("the filter yields no words: %v", value))
		case code == 0 || code == http.StatusForbidden:
			return refused(http.StatusForbidden, metav1.StatusReasonForbidden, words)
		}
		return refused(code, "", words)
	}
}

// ofJSON is what the filter makes of an object, and of what it was before.
func (f Filter) ofJSON(object, old []byte) (any, error) {
	var now, before any
	if err := json.Unmarshal(object, &now); err != nil {
		return nil, err
	}
	if len(old) > 0 {
		if err := json.Unmarshal(old, &before); err != nil {
			return nil, err
		}
	}
	return f.Of(now, Asked{Old: before})
}
